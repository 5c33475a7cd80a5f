import test from 'node:test';
import assert from 'node:assert/strict';
import { countOpen, isToPay, nameOf, newestFirst, noteOf, nothingKnown, reduce, shortId, turned, withPayments } from '../orders/orders.js';

const order = (id, version, more = {}) => ({
  id,
  version,
  status: 'created',
  paymentStatus: 'awaiting',
  fulfilmentStatus: 'none',
  items: [{ productId: 'p1', title: 'Linen shirt', price: 19.99, quantity: 2 }],
  total: 39.98,
  createdAt: '2026-01-01T10:00:00Z',
  ...more,
});

const cancelled = (id, version) => ({
  type: 'order.cancelled',
  id,
  version,
  status: 'cancelled',
  at: '2026-01-01T10:05:00Z',
});

const completed = (id, version) => ({
  type: 'order.completed',
  id,
  version,
  status: 'complete',
  paymentStatus: 'paid',
  fulfilmentStatus: 'none',
});

const after = (...events) => events.reduce(reduce, nothingKnown);
const read = (...args) => ({ type: 'order.read', order: order(...args) });
const page = (items, nextCursor = null) => ({ type: 'page.read', items, nextCursor });

test('a message that follows what is known changes the status and keeps the content', () => {
  const { orders, wanted } = after(read('a', 1), completed('a', 2));
  assert.deepEqual(orders.get('a'), { ...order('a', 2), status: 'complete', paymentStatus: 'paid' });
  assert.equal(wanted.size, 0);
});

test('a message without a field leaves that field as it was', () => {
  const { orders } = after(read('a', 1), cancelled('a', 2));
  assert.equal(orders.get('a').status, 'cancelled');
  assert.equal(orders.get('a').paymentStatus, 'awaiting');
});

test('a message heard twice changes nothing the second time', () => {
  const once = after(read('a', 1), cancelled('a', 2));
  assert.equal(reduce(once, cancelled('a', 2)), once);
});

test('a number comes behind the version, once, and stays', () => {
  const numbered = { type: 'order.numbered', id: 'a', version: 1, status: 'created', number: 'B-2026-000123' };
  const state = after(read('a', 1, { number: null }), numbered);
  assert.equal(nameOf(state.orders.get('a')), 'B-2026-000123');
  assert.equal(state.wanted.size, 0);
  assert.equal(reduce(state, numbered), state);
  assert.equal(after(read('a', 1), numbered, cancelled('a', 2)).orders.get('a').number, 'B-2026-000123');
});

test('an order without a number yet goes by the end of its id', () => {
  assert.equal(nameOf(order('0195-aabbcc', 1, { number: null })), 'AABBCC');
});

test('an old message never turns an order back', () => {
  const state = after(read('a', 3, { status: 'complete' }));
  assert.equal(reduce(state, cancelled('a', 2)), state);
});

test('a gap is not guessed over: the order is wanted', () => {
  const { orders, wanted } = after(read('a', 1), completed('a', 3));
  assert.equal(orders.get('a').status, 'created');
  assert.deepEqual([...wanted], [['a', 3]]);
});

test('a message about an unknown order makes it wanted', () => {
  const { orders, wanted } = after({ ...cancelled('b', 1), type: 'order.created', status: 'created' });
  assert.equal(orders.size, 0);
  assert.deepEqual([...wanted], [['b', 1]]);
});

test('of two gaps the higher version is wanted, in whichever order they are heard', () => {
  assert.equal(after(read('a', 1), completed('a', 5), completed('a', 3)).wanted.get('a'), 5);
  assert.equal(after(read('a', 1), completed('a', 3), completed('a', 5)).wanted.get('a'), 5);
});

test('messages that overtake each other end in the right state', () => {
  const confirmed = { type: 'order.confirmed', id: 'a', version: 2, status: 'created', fulfilmentStatus: 'confirmed' };
  const { orders, wanted } = after(read('a', 1), completed('a', 3), confirmed, completed('a', 3));
  assert.equal(orders.get('a').status, 'complete');
  assert.equal(orders.get('a').version, 3);
  assert.equal(wanted.size, 0);
});

test('a read that is new enough satisfies the want', () => {
  const { orders, wanted } = after(read('a', 1), completed('a', 3), read('a', 4, { status: 'complete' }));
  assert.equal(orders.get('a').version, 4);
  assert.equal(wanted.size, 0);
});

test('a read that is too old leaves the want standing', () => {
  const { wanted } = after(read('a', 1), completed('a', 3), read('a', 2));
  assert.equal(wanted.get('a'), 3);
});

test('a slow read never overwrites what was heard after it', () => {
  const { orders } = after(read('a', 1), cancelled('a', 2), read('a', 1));
  assert.equal(orders.get('a').status, 'cancelled');
});

test('a read of the same version is taken, for it knows more than a message', () => {
  const { orders } = after(
    read('a', 1),
    cancelled('a', 2),
    read('a', 2, { status: 'cancelled', cancelledBecause: 'expired' }),
  );
  assert.equal(orders.get('a').cancelledBecause, 'expired');
});

test('a page adds and renews, and forgets nothing that it does not list', () => {
  const { orders, nextCursor, loaded } = after(
    read('new', 1),
    read('a', 2),
    page([order('a', 1), order('b', 1)], 'next'),
  );
  assert.deepEqual([...orders.keys()].sort(), ['a', 'b', 'new']);
  assert.equal(orders.get('a').version, 2);
  assert.equal(nextCursor, 'next');
  assert.equal(loaded, true);
});

test('an order that is not there is no longer wanted', () => {
  assert.equal(after(cancelled('b', 2), { type: 'order.missing', id: 'b' }).wanted.size, 0);
});

test('doubt asks for the next version of a known order, and for nothing of an unknown one', () => {
  assert.equal(after(read('a', 1), { type: 'order.doubted', id: 'a' }).wanted.get('a'), 2);
  assert.equal(after({ type: 'order.doubted', id: 'a' }), nothingKnown);
});

test('what is not a message about an order changes nothing', () => {
  for (const noise of [{ type: 'hello' }, { type: 'order.cancelled', id: 'a' }, { type: 'x', id: 7, version: 1 }]) {
    assert.equal(reduce(nothingKnown, noise), nothingKnown);
  }
});

test('no event changes the state that it was given', () => {
  const state = after(read('a', 1), read('b', 1));
  const before = structuredClone(state);
  for (const event of [cancelled('a', 2), completed('b', 9), page([order('c', 1)]), read('a', 5)]) reduce(state, event);
  assert.deepEqual(state, before);
});

const stands = (orderId, version, status) => ({ type: 'payment.stands', payment: { id: orderId, orderId, version, status } });

test('an order shows how far its payment is, beside itself, and without one as before', () => {
  const state = after(read('a', 1), stands('a', 2, 'action-required'), read('b', 1));
  const [shown] = withPayments(state).filter(({ id }) => id === 'a');
  assert.equal(shown.payment, 'action-required');
  assert.equal(shown.version, 1);
  assert.equal(
    withPayments(state).find(({ id }) => id === 'b'),
    state.orders.get('b'),
  );
});

test('a payment is never turned back by what comes late, in whichever order it is heard and read', () => {
  for (const [first, then] of [
    [2, 5],
    [5, 2],
  ]) {
    const words = { 2: 'action-required', 5: 'paid' };
    const state = after(read('a', 1), stands('a', first, words[first]), stands('a', then, words[then]));
    assert.equal(state.payments.get('a').status, 'paid');
  }
});

test('a payment may be heard of before its order is known, and what is no payment changes nothing', () => {
  assert.equal(withPayments(after(stands('a', 1, 'processing'), read('a', 1)))[0].payment, 'processing');
  for (const payment of [{}, { orderId: 'a' }, { orderId: 7, version: 1, status: 'paid' }]) {
    assert.equal(reduce(nothingKnown, { type: 'payment.stands', payment }), nothingKnown);
  }
});

test('the newest order comes first', () => {
  const state = after(page([order('a', 1), order('b', 1, { createdAt: '2026-01-02T10:00:00Z' })]));
  assert.deepEqual(
    newestFirst(state).map(({ id }) => id),
    ['b', 'a'],
  );
});

test('only created orders count as open', () => {
  assert.equal(countOpen(after(read('a', 1), read('b', 1), cancelled('b', 2))), 1);
});

test('an order turned when its status differs, not when it only became known', () => {
  const before = after(read('a', 1));
  assert.deepEqual(
    turned(reduce(before, cancelled('a', 2)), before).map(({ id }) => id),
    ['a'],
  );
  assert.deepEqual(turned(reduce(before, read('b', 1)), before), []);
});

test('a short id is the end of the id, without dashes', () => {
  assert.equal(shortId('0191-aaaa-bb3f9a1c'), '3F9A1C');
});

test('an order whose money is held is open, and its time to pay runs no more', () => {
  assert.equal(isToPay(order('a', 1)), true);
  assert.equal(isToPay(order('a', 2, { paymentStatus: 'authorized' })), false);
  assert.equal(isToPay(order('a', 3, { status: 'cancelled' })), false);
});

test('whose money was held and let go of, by whomever, is not told that they did not pay, nor that we were late', () => {
  const over = { status: 'cancelled', paymentStatus: 'awaiting', cancelledBecause: 'expired' };
  assert.match(noteOf(over), /not paid in time/);
  assert.doesNotMatch(noteOf({ ...over, captureUntil: '2026-03-08T12:00:00Z' }), /not paid/);
  assert.match(noteOf({ ...over, captureUntil: '2026-03-08T12:00:00Z' }), /held, and not taken.*money is let go of/);
  assert.doesNotMatch(noteOf({ ...over, captureUntil: '2026-03-08T12:00:00Z' }), /in time/);
  assert.match(noteOf({ ...over, cancelledBecause: 'user', captureUntil: '2026-03-08T12:00:00Z' }), /You cancelled/);
});

test('that money is held is heard with until when, and also when that is over', () => {
  const heard = { type: 'order.cancelled', id: 'a', version: 2, status: 'cancelled', cancelledBecause: 'expired', captureUntil: '2026-03-08T12:00:00Z' };
  assert.match(noteOf(after(read('a', 1), heard).orders.get('a')), /let go of/);
  assert.match(noteOf(after(read('a', 1), { ...heard, captureUntil: null }).orders.get('a')), /not paid/);
});

test('held money is said to be taken before it ships, and not by the shipping', () => {
  assert.match(noteOf({ status: 'created', paymentStatus: 'authorized' }), /held, and we take it before it ships/);
  assert.equal(noteOf({ status: 'created', paymentStatus: 'awaiting', total: 38 }), 'Awaiting payment');
  assert.equal(noteOf({ status: 'complete', paymentStatus: 'paid' }), 'Paid');
});
