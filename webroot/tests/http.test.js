import test, { beforeEach } from 'node:test';
import assert from 'node:assert/strict';
import { Problem, forgetKeys, get, post, postOnce, remove } from '../lib/http.js';

let requests;
let answers;

/** Stands in for the network: answers in turn, and remembers what was asked. */
globalThis.fetch = async (path, options) => {
  requests.push({ path, ...options });
  const answer = answers.shift();
  if (answer instanceof Error) throw answer;
  return answer;
};

const json = (status, body, type = 'application/json') =>
  new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'Content-Type': type } });

const problem = (status, body) => json(status, body, 'application/problem+json');
const noNetwork = () => new TypeError('Failed to fetch');
const keys = () => requests.map(({ headers }) => headers['Idempotency-Key']);

beforeEach(() => {
  requests = [];
  answers = [];
  forgetKeys();
});

test('a read brings the body; an answer without one brings null', async () => {
  answers = [json(200, { items: [] }), new Response(null, { status: 204 })];
  assert.deepEqual(await get('/api/products'), { items: [] });
  assert.equal(await post('/api/users/signout', {}), null);
});

test('unsafe requests say that a page of ours means them, reads need not', async () => {
  answers = [json(200, {}), json(200, {}), json(200, {})];
  await get('/a');
  await post('/a', {});
  await remove('/a');
  assert.deepEqual(
    requests.map(({ headers }) => headers['X-Boutique']),
    [undefined, '1', '1'],
  );
});

test('a problem is thrown with its code and its field errors', async () => {
  answers = [
    problem(409, {
      title: 'Conflict',
      status: 409,
      code: 'stock.insufficient',
      errors: [{ field: 'quantity', message: 'Too many.' }],
    }),
  ];
  await assert.rejects(post('/api/orders', {}), (thrown) => {
    assert.ok(thrown instanceof Problem);
    assert.equal(thrown.status, 409);
    assert.equal(thrown.code, 'stock.insufficient');
    assert.deepEqual(thrown.errors, [{ field: 'quantity', message: 'Too many.' }]);
    return true;
  });
});

test('an error page that is not JSON is a problem with a status', async () => {
  answers = [new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } })];
  await assert.rejects(get('/api/products'), { status: 502, code: 'unknown' });
});

test('no answer is a problem of its own, and so is a broken one', async () => {
  answers = [noNetwork(), new Response('{"items":', { headers: { 'Content-Type': 'application/json' } })];
  await assert.rejects(get('/api/products'), { status: 0, code: 'network.lost' });
  await assert.rejects(get('/api/products'), { status: 0, code: 'network.lost' });
});

test('a key is kept until the answer comes, and is new after it', async () => {
  answers = [noNetwork(), problem(503, {}), json(201, { id: 'o1' }), json(201, { id: 'o2' })];
  await assert.rejects(postOnce('/api/orders', { n: 1 }));
  await assert.rejects(postOnce('/api/orders', { n: 1 }));
  await postOnce('/api/orders', { n: 1 });
  await postOnce('/api/orders', { n: 1 });
  const [first, second, third, fourth] = keys();
  assert.equal(first, second);
  assert.equal(second, third);
  assert.notEqual(third, fourth);
});

test('a refusal is an answer: the next try has a new key', async () => {
  answers = [problem(409, {}), json(201, {})];
  await assert.rejects(postOnce('/api/orders', { n: 1 }));
  await postOnce('/api/orders', { n: 1 });
  assert.notEqual(keys()[0], keys()[1]);
});

test('another request has another key', async () => {
  answers = [noNetwork(), json(201, {})];
  await assert.rejects(postOnce('/api/orders', { n: 1 }));
  await postOnce('/api/orders', { n: 2 });
  assert.notEqual(keys()[0], keys()[1]);
});

test('what was decided at a version is asked for at that version until an answer has come', async () => {
  answers = [noNetwork(), json(200, {}), json(200, {}), json(200, {})];
  await assert.rejects(postOnce('/api/payments/p/refund', { amount: 5 }, { version: 2 }));
  await postOnce('/api/payments/p/refund', { amount: 5 }, { version: 4 });
  await postOnce('/api/payments/p/refund', { amount: 5 }, { version: 4 });
  await postOnce('/api/payments/p/refund', { amount: 5 });
  assert.deepEqual(
    requests.map(({ headers }) => headers['If-Match']),
    ['"2"', '"2"', '"4"', undefined],
  );
  assert.equal(keys()[0], keys()[1]);
  assert.notEqual(keys()[1], keys()[2]);
});
