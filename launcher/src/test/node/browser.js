/**
 * A page without a screen: the official client, as the shop serves it to browsers, in a browser that has just what the
 * client asks for. Tells in lines of JSON what it hears.
 *
 *   node --experimental-websocket browser.js <shop> <cookie> <address>...
 */
const vm = require('node:vm');
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const [shop, cookie, ...addresses] = process.argv.slice(2);
const vendor = join(__dirname, '../../../../webroot/vendor');

/** A request of the page: with its cookies, from its origin. */
class XMLHttpRequest {
  readyState = 0;
  status = 0;
  responseText = '';
  withCredentials = false;

  open(method, url) {
    this.method = method;
    this.url = new URL(url, shop).href;
  }

  setRequestHeader() {}

  abort() {}

  async send() {
    const answer = await fetch(this.url, { method: this.method, headers: { cookie, origin: shop } });
    this.responseText = await answer.text();
    this.status = answer.status;
    this.readyState = 4;
    this.onreadystatechange?.();
  }
}

/** A socket of the page, likewise. */
function PageSocket(url) {
  return new WebSocket(url, { headers: { cookie, origin: shop } });
}

function tell(line) {
  console.log(JSON.stringify(line));
}

const page = vm.createContext({
  location: new URL('/', shop),
  addEventListener() {},
  removeEventListener() {},
  XMLHttpRequest,
  WebSocket: PageSocket,
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  console,
});
page.window = page;

for (const [library, file] of [
  ['sockjs-client@', 'sockjs.min.js'],
  ['vertx-eventbus-bridge-client@', 'vertx-eventbus.js'],
]) {
  const folder = readdirSync(vendor).find((name) => name.startsWith(library));
  vm.runInContext(readFileSync(join(vendor, folder, file), 'utf8'), page, { filename: file });
}

const bus = new page.EventBus('/eventbus', { transports: ['websocket'] });
bus.onopen = () => {
  tell({ open: bus.sockJSConn.transport });
  for (const address of addresses) {
    bus.registerHandler(address, (error, message) => tell({ error, address: message?.address, body: message?.body }));
  }
  bus.publish('stock', { body: 'not for a page to say' }); // refused, after the registrations were read
};
bus.onerror = (refusal) => tell({ refused: refusal.body });
bus.onclose = () => tell({ closed: true });
process.stdin.on('end', () => bus.close()).resume();
