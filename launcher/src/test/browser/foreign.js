// What the page of somebody else tries, in the browser of a customer who is signed in at the shop. It is run as
// `(…)(shop, order, product)` and tells which attempts brought anything back.
async (shop, order, product) => {
  const patience = 4000;
  const got = [];
  const later = (millis) => new Promise((done) => setTimeout(done, millis, null));
  const wish = JSON.stringify({ items: [{ productId: product, quantity: 1 }] });

  /** Something readable is something won. */
  async function attempt(name, steps) {
    try {
      const loot = await Promise.race([steps(), later(patience)]);
      if (loot) got.push(`${name}: ${loot}`);
    } catch {
      // kept out, as it should be
    }
  }

  const read = (path, options = {}) => async () => {
    const answer = await fetch(shop + path, { credentials: "include", ...options });
    return answer.type === "opaque" ? null : `${answer.status} ${await answer.text()}`;
  };

  /** Readable or not, it is on its way. */
  const simple = (path, method, body, type) =>
    read(path, { method, mode: "no-cors", body: body && new Blob([body], { type }) });

  const loaded = (tag, attributes, event = "load") => () =>
    new Promise((done, failed) => {
      const element = Object.assign(document.createElement(tag), attributes);
      element.addEventListener(event, () => done(element));
      element.addEventListener("error", failed);
      document.body.append(element);
    });

  const form = (method, path, fields, enctype) => async () => {
    const target = `frame-${Math.random()}`;
    const frame = Object.assign(document.createElement("iframe"), { name: target });
    const made = Object.assign(document.createElement("form"), { method, action: shop + path, target, enctype });
    for (const [name, value] of Object.entries(fields)) {
      made.append(Object.assign(document.createElement("input"), { name, value }));
    }
    document.body.append(frame, made);
    made.submit();
    await new Promise((done) => frame.addEventListener("load", done));
    return frame.contentDocument?.body?.innerText || null;
  };

  const socket = (path) => () =>
    new Promise((done, failed) => {
      const line = new WebSocket(shop.replace("http", "ws") + path);
      line.onopen = () => done("open");
      line.onmessage = (frame) => done(frame.data);
      line.onerror = failed;
    });

  const stream = (path) => () =>
    new Promise((done, failed) => {
      const source = new EventSource(shop + path, { withCredentials: true });
      source.onopen = () => done("open");
      source.onmessage = (frame) => done(frame.data);
      source.onerror = failed;
    });

  // reading
  await attempt("orders", read("/api/orders"));
  await attempt("an order", read(`/api/orders/${order}`));
  await attempt("who it is", read("/api/users/currentuser"));
  await attempt("the bridge's info", read("/eventbus/info"));
  await attempt("orders as a script", async () => {
    window.caught = null;
    window.onerror = (message) => (window.caught = /script error/i.test(message) ? null : message);
    await loaded("script", { src: `${shop}/api/orders` })();
    return window.caught;
  });
  await attempt("the shop in a frame", async () => {
    const frame = await loaded("iframe", { src: `${shop}/` })();
    return frame.contentDocument?.body?.innerText || null;
  });

  // changing
  await attempt("an order as text", simple("/api/orders", "POST", wish, "text/plain"));
  await attempt("an order as a form", simple("/api/orders", "POST", wish, "application/x-www-form-urlencoded"));
  await attempt("an order of no type", simple("/api/orders", "POST", wish, ""));
  await attempt("an order as JSON", read("/api/orders", { method: "POST", body: wish, headers: { "Content-Type": "application/json" } }));
  await attempt("an order, and our header", read("/api/orders", { method: "POST", body: wish, headers: { "X-Boutique": "1" } }));
  await attempt("an order by beacon", async () => navigator.sendBeacon(`${shop}/api/orders`, wish) && null);
  await attempt("an order from a form", form("post", "/api/orders", { [wish.slice(0, -1) + ',"x":"']: '"}' }, "text/plain"));
  await attempt("cancelled", simple(`/api/orders/${order}/cancel`, "POST"));
  await attempt("cancelled from a form", form("post", `/api/orders/${order}/cancel`, {}, "multipart/form-data"));
  await attempt("cancelled by looking", form("get", `/api/orders/${order}/cancel`, {}));
  await attempt("deleted", read(`/api/orders/${order}`, { method: "DELETE" }));
  await attempt("deleted by a form", form("post", `/api/orders/${order}`, { _method: "DELETE" }));
  await attempt("signed out", simple("/api/users/signout", "POST"));
  await attempt("signed out from a form", form("post", "/api/users/signout", {}));
  await attempt("signed out by an image", async () => (await loaded("img", { src: `${shop}/api/users/signout` })()) && "an image");
  await attempt("signed up as another", form("post", "/api/users/signup", { '{"email":"e@example.com","password":"long enough","x":"': '"}' }, "text/plain"));

  // listening
  const session = () => `/eventbus/000/${Math.random().toString(36).slice(2, 10)}`;
  await attempt("a socket", socket("/eventbus/websocket"));
  await attempt("a SockJS socket", socket(`${session()}/websocket`));
  await attempt("xhr", read(`${session()}/xhr`, { method: "POST" }));
  await attempt("xhr, blind", simple(`${session()}/xhr_send`, "POST", '["{}"]', "text/plain"));
  await attempt("xhr streaming", read(`${session()}/xhr_streaming`, { method: "POST" }));
  await attempt("an event source", stream(`${session()}/eventsource`));
  await attempt("jsonp", async () => {
    window.heard = null;
    window.hear = (frame) => (window.heard = frame);
    await loaded("script", { src: `${shop}${session()}/jsonp?c=hear` })();
    return window.heard;
  });
  await attempt("an html file", async () => {
    const frame = await loaded("iframe", { src: `${shop}${session()}/htmlfile?c=hear` })();
    return frame.contentDocument?.body?.innerText || null;
  });
  await attempt("a SockJS frame", async () => {
    const frame = await loaded("iframe", { src: `${shop}/eventbus/iframe.html` })();
    return frame.contentDocument?.body?.innerText || null;
  });
  return got;
}
