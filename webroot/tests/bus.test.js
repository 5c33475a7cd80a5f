import test, { beforeEach, mock } from 'node:test';
import assert from 'node:assert/strict';
import { openBus } from '../lib/bus.js';

/** Behaves like the vendored client as far as lib/bus.js sees it; the test plays the network. */
class FakeClient {
  static made = [];

  constructor(url, options) {
    Object.assign(this, { url, options, sockJSConn: {}, handlers: {}, reconnectAttempts: 0, closed: false });
    FakeClient.made.push(this);
  }

  enableReconnect(enabled) {
    this.reconnecting = enabled;
  }

  registerHandler(address, handler) {
    this.handlers[address] = handler;
  }

  close() {
    this.closed = true;
    this.reconnecting = false;
  }

  opens() {
    this.handlers = {};
    this.onopen();
  }

  hears(address, body) {
    this.handlers[address](null, { type: 'rec', address, body });
  }
}

function open(addresses = () => ['orders.me', 'stock']) {
  FakeClient.made = [];
  const seen = { states: [], messages: [], refusals: 0 };
  const bus = openBus({
    addresses,
    Client: FakeClient,
    onState: (state) => seen.states.push(state),
    onMessage: (address, body) => seen.messages.push([address, body]),
    onRefused: () => seen.refusals++,
  });
  return { bus, seen, latest: () => FakeClient.made.at(-1) };
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
});

test('only WebSocket is used, and the client reconnects', () => {
  const { latest } = open();
  assert.deepEqual(latest().options.transports, ['websocket']);
  assert.equal(latest().reconnecting, true);
});

test('addresses are registered again after each reconnect', () => {
  const { seen, latest } = open();
  latest().opens();
  latest().onclose();
  latest().opens();
  assert.deepEqual(Object.keys(latest().handlers), ['orders.me', 'stock']);
  assert.deepEqual(seen.states, ['connecting', 'live', 'reconnecting', 'live']);
});

test('messages arrive with their address', () => {
  const { seen, latest } = open();
  latest().opens();
  latest().hears('stock', { quantity: 3 });
  assert.deepEqual(seen.messages, [['stock', { quantity: 3 }]]);
});

test('a new line asks for its addresses anew, and the old one is silent', () => {
  let mine = ['orders.me', 'stock'];
  const { bus, seen, latest } = open(() => mine);
  const old = latest();
  old.opens();
  mine = ['stock'];
  bus.reopen();
  latest().opens();
  old.hears('orders.me', { id: 'someone else’s' });
  old.onclose();
  assert.equal(old.closed, true);
  assert.deepEqual(Object.keys(latest().handlers), ['stock']);
  assert.deepEqual(seen.messages, []);
  assert.deepEqual(seen.states, ['connecting', 'live', 'connecting', 'live']);
});

test('a line that waits for its next try can be given up', () => {
  const { bus, latest } = open();
  const old = latest();
  old.sockJSConn = null;
  old.onclose();
  bus.reopen();
  assert.equal(old.reconnecting, false);
  assert.notEqual(latest(), old);
});

test('a line without heartbeats is dead, one with them lives', () => {
  const { seen, latest } = open();
  const first = latest();
  first.opens();
  mock.timers.tick(45_000);
  first.sockJSConn.onheartbeat();
  mock.timers.tick(45_000);
  assert.equal(latest(), first);
  mock.timers.tick(20_000);
  assert.notEqual(latest(), first);
  assert.equal(seen.states.at(-1), 'connecting');
});

test('a refused address is told, not thrown', () => {
  const { seen, latest } = open();
  latest().opens();
  latest().onerror({ type: 'err', body: 'access_denied' });
  assert.equal(seen.refusals, 1);
});

test('waits between tries grow only so far that their jitter is not cut off', () => {
  const { latest } = open();
  latest().reconnectAttempts = 30;
  latest().onclose();
  const { vertxbus_reconnect_delay_min: min, vertxbus_reconnect_delay_max: max } = latest().options;
  assert.ok(min * 2 ** latest().reconnectAttempts * 1.5 <= max);
});
