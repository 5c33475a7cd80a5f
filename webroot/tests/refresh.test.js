import test, { beforeEach } from 'node:test';
import assert from 'node:assert/strict';
import { get, post } from '../lib/http.js';
import { mayRefresh, noteSignedIn, refresh, watchSession } from '../lib/refresh.js';
import { openSession } from '../account/session.js';

/** Stands in for the shop: knows whether the proof of this browser counts, and what refreshing brings. */
let shop;
let became;

globalThis.fetch = async (path, options) => {
  shop.requests.push({ path, ...options });
  const answer = path === '/api/users/refresh' ? await shop.refresh() : shop.answer(path);
  if (answer instanceof Error) throw answer;
  return answer;
};

const kept = new Map();
globalThis.localStorage = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => kept.set(name, value),
  removeItem: (name) => kept.delete(name),
};

const json = (status, body) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' },
  });

const paths = () => shop.requests.map(({ path }) => path);
const refreshes = () => shop.requests.filter(({ path }) => path === '/api/users/refresh');

watchSession((what) => became.push(what));

beforeEach(() => {
  kept.clear();
  became = [];
  shop = {
    requests: [],
    valid: false,
    answer: () => (shop.valid ? json(200, { items: [] }) : json(401, { code: 'auth.required' })),
    refresh() {
      shop.valid = true;
      return json(200, { id: 'anna' });
    },
  };
  noteSignedIn(true);
});

test('a request whose proof is over is made again with a new one, and nobody notices', async () => {
  assert.deepEqual(await get('/api/orders'), { items: [] });
  assert.deepEqual(paths(), ['/api/orders', '/api/users/refresh', '/api/orders']);
  assert.deepEqual(became, ['renewed']);
});

test('the repeated request is the same, with its key', async () => {
  await post('/api/orders', { n: 1 });
  const [first, , second] = shop.requests;
  assert.equal(first.body, second.body);
  assert.deepEqual(first.headers, second.headers);
});

test('many requests at once renew the proof once', async () => {
  await Promise.all([get('/a'), get('/b'), get('/c')]);
  assert.equal(refreshes().length, 1);
  assert.deepEqual(became, ['renewed']);
});

test('a refresh survives the page that has asked for it', async () => {
  await refresh();
  assert.equal(refreshes()[0].keepalive, true);
});

test('when the session is over, the request fails as it did, and no other one tries again', async () => {
  shop.refresh = () => json(401, { code: 'session.over' });
  await assert.rejects(get('/api/orders'), { code: 'auth.required' });
  assert.deepEqual(became, ['over']);
  assert.equal(mayRefresh(), false);
  await assert.rejects(get('/api/orders'), { code: 'auth.required' });
  assert.equal(refreshes().length, 1);
});

test('a request is made again once only', async () => {
  shop.refresh = () => json(200, { id: 'anna' });
  await assert.rejects(get('/api/orders'), { code: 'auth.required' });
  assert.deepEqual(paths(), ['/api/orders', '/api/users/refresh', '/api/orders']);
});

test('who has not signed in here is not asked to go on', async () => {
  noteSignedIn(false);
  await assert.rejects(get('/api/orders'), { code: 'auth.required' });
  assert.equal(refreshes().length, 0);
});

test('a wrong password is no reason to refresh', async () => {
  shop.answer = () => json(401, { code: 'credentials.wrong' });
  await assert.rejects(post('/api/users/signin', {}), { code: 'credentials.wrong' });
  assert.equal(refreshes().length, 0);
});

test('an answer that was lost is asked for with the same key, until it has come', async () => {
  const renew = shop.refresh;
  shop.refresh = () => new TypeError('Failed to fetch');
  await assert.rejects(get('/api/orders'), { code: 'network.lost' });
  shop.refresh = renew;
  await get('/api/orders');
  shop.valid = false;
  await get('/api/orders');
  const [lost, again, next] = refreshes().map(({ headers }) => headers['Idempotency-Key']);
  assert.equal(lost, again);
  assert.notEqual(again, next);
  assert.equal(mayRefresh(), true);
});

test('tabs that cannot wait for one another say the same key at once, and another the next time', async () => {
  const other = await import('../lib/refresh.js?without-locks');
  assert.deepEqual(await Promise.all([refresh(), other.refresh()]), [true, true]);
  await other.refresh();
  const [one, same, next] = refreshes().map(({ headers }) => headers['Idempotency-Key']);
  assert.equal(one, same);
  assert.notEqual(same, next);
});

test('the keys of one session are not those of the next, and none is guessed', async () => {
  await refresh();
  noteSignedIn(true);
  await refresh();
  noteSignedIn(false);
  noteSignedIn(true);
  await refresh();
  const keys = refreshes().map(({ headers }) => headers['Idempotency-Key']);
  assert.equal(new Set(keys).size, 3);
  const [first, second, third] = keys.map((key) => key.slice(0, 32));
  assert.equal(first, second);
  assert.notEqual(second, third);
});

test('of several tabs one asks at a time, and the others use its proof', async () => {
  let turn = Promise.resolve();
  const locks = { request: (_, task) => (turn = turn.then(task)) };
  Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });
  const other = await import('../lib/refresh.js?another-tab');
  try {
    assert.deepEqual(await Promise.all([refresh(), other.refresh()]), [true, true]);
    assert.equal(refreshes().length, 1);
  } finally {
    delete globalThis.navigator;
  }
});

test('a page that is opened after the proof was over still knows who is here', async () => {
  shop.answer = () => json(200, { currentUser: shop.valid ? { id: 'anna', email: 'a@example.com' } : null });
  const session = openSession();
  await session.check();
  assert.equal(session.user.id, 'anna');
});

test('a stranger is nobody, without another question', async () => {
  noteSignedIn(false);
  shop.answer = () => json(200, { currentUser: null });
  const session = openSession();
  await session.check();
  assert.equal(session.user, null);
  assert.equal(shop.requests.length, 1);
});

test('who signs out may not go on', async () => {
  shop.answer = () => json(200, { id: 'anna' });
  const session = openSession();
  await session.signIn('a@example.com', 'password');
  assert.equal(mayRefresh(), true);
  await session.signOut();
  assert.equal(mayRefresh(), false);
});
