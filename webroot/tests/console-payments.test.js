import test from 'node:test';
import assert from 'node:assert/strict';
import {
  LISTS,
  MEANS,
  STATUS,
  WILL,
  actions,
  asMany,
  attempts,
  because,
  dashboard,
  disputes,
  done,
  isBehind,
  isUnderWay,
  leftCents,
  marksOf,
  means,
  nextOf,
  query,
  refundFacts,
  refundOf,
  renewed,
  warnings,
} from '../console/payment-book.js';
import { addressOf, routeOf } from '../console/routes.js';

const paid = (more = {}) => ({ status: 'paid', amount: 40, refunded: 0, lost: 0, currency: 'USD', refunds: [], version: 2, ...more });
const refund = (amount, status) => ({ id: `${amount}-${status}`, amount, status });
const fact = (type, more = {}) => ({ type: `payment.${type}`, at: '2026-03-01T12:00:00Z', by: 'anna', because: null, name: null, ...more });
const ids = (...names) => names.map((id) => ({ id }));

test('an order is looked for by its number or its id, whatever list was looked at', () => {
  assert.equal(query({ list: 'held', typed: 'b2026-123' }), 'order=B-2026-000123');
  assert.equal(query({ list: 'held', typed: ' 0195f3c2 ' }), 'order=0195f3c2');
});

test('each list asks for the state or the mark that it is called after', () => {
  assert.equal(query({ list: 'held' }), 'status=authorized&limit=25');
  assert.equal(query({ list: 'disputed' }, { cursor: 'xyz' }), 'mark=disputed&cursor=xyz&limit=25');
  assert.equal(query({ list: 'gone' }), 'limit=25');
  assert.equal(new Set(LISTS.map(({ id }) => id)).size, LISTS.length);
});

test('every state has its words, and says what it means', () => {
  assert.deepEqual(Object.keys(MEANS), Object.keys(STATUS));
});

test('what is read again takes the place of the beginning, and what is further down stays', () => {
  const shown = ids('e', 'd', 'c', 'b', 'a');
  const page = { items: ids('f', 'e', 'd'), nextCursor: 'd' };
  assert.deepEqual(renewed(shown, 'a', page, 3), { items: ids('f', 'e', 'd', 'c', 'b', 'a'), cursor: 'a' });
  assert.deepEqual(renewed(shown, null, page, 3), { items: ids('f', 'e', 'd', 'c', 'b', 'a'), cursor: null });
});

test('where all of it was read again, what is gone is gone', () => {
  assert.deepEqual(renewed(ids('c', 'b', 'a'), null, { items: ids('c', 'a'), nextCursor: null }, 25), { items: ids('c', 'a'), cursor: null });
  assert.deepEqual(renewed(ids('c', 'b'), 'b', { items: ids('d', 'c'), nextCursor: 'c' }, 25), { items: ids('d', 'c'), cursor: 'c' });
  assert.deepEqual([0, 40, 4000].map(asMany), [25, 40, 100]);
});

test('what is back or on its way back is not given back once more', () => {
  assert.equal(leftCents(paid()), 4000);
  assert.equal(leftCents(paid({ refunds: [refund(10.1, 'done'), refund(5, 'pending'), refund(2, 'asked')] })), 2290);
  assert.equal(leftCents(paid({ refunds: [refund(10, 'failed'), refund(10, 'replaced')] })), 4000);
  assert.equal(leftCents(paid({ status: 'authorized' })), 0);
});

test('only what makes sense is offered', () => {
  const offered = (status, refunds = []) => actions(paid({ status, refunds }));
  assert.deepEqual(offered('authorized'), ['capture', 'cancel']);
  for (const status of ['open', 'action-required', 'failed']) assert.deepEqual(offered(status), ['cancel']);
  for (const status of ['processing', 'capturing', 'cancelling', 'cancelled']) assert.deepEqual(offered(status), []);
  assert.deepEqual(offered('paid'), ['refund']);
  assert.deepEqual(offered('partially-refunded', [refund(10, 'done')]), ['refund']);
  assert.deepEqual(offered('refunded', [refund(40, 'done')]), []);
  assert.deepEqual(offered('paid', [refund(40, 'pending')]), []);
});

test('nothing is proposed that the buyer may still make good, or that the bank decides', () => {
  assert.equal(nextOf(paid({ status: 'authorized' }), []), 'capture');
  assert.equal(nextOf(paid(), []), 'refund');
  assert.equal(nextOf(paid({ status: 'open' }), []), null);
  assert.equal(nextOf(paid({ status: 'cancelled' }), []), null);
  assert.equal(nextOf(paid(), [fact('disputed', { name: 'dp_1' })]), null);
  assert.equal(nextOf(paid(), [fact('disputed', { name: 'dp_1' }), fact('dispute-closed', { name: 'dp_1', because: 'won' })]), 'refund');
});

test('what the bank has given back is neither left nor proposed to be given back', () => {
  const lost = paid({ status: 'partially-refunded', refunds: [refund(10, 'done')], lost: 30 });
  assert.equal(leftCents(lost), 0);
  assert.deepEqual(actions(lost), []);
  assert.match(means(lost), /the bank has given \$30 back to the payer. Nothing of it is ours/);
  assert.equal(leftCents(paid({ refunds: [refund(20, 'done')], lost: 40 })), 0);

  const partly = paid({ lost: 15 });
  assert.equal(leftCents(partly), 2500);
  assert.deepEqual(actions(partly), ['refund']);
  assert.equal(nextOf(partly, []), null);
  assert.match(means(partly), /\$15 back to the payer. \$25 of it is still ours/);
  assert.match(warnings(partly, []).join(), /do not give it back once more/);
  assert.ok(refundOf('25.01', partly).wrong);
});

test('a payment of which a dispute is lost is marked, and one that was won is not', () => {
  assert.deepEqual(marksOf({ marks: ['refunding'], disputes: [{ status: 'won' }, { status: 'lost' }] }), ['refunding', 'lost']);
  assert.deepEqual(marksOf({ marks: ['disputed'], disputes: [{ status: 'open' }, { status: 'won' }] }), ['disputed']);
});

test('what should have gone back and did not is to be seen to, and what goes back is not ours', () => {
  const failed = paid({ refunds: [refund(12.5, 'failed'), refund(2, 'replaced')] });
  assert.deepEqual(warnings(failed, []).length, 1);
  assert.match(warnings(failed, [])[0], /\$12.50 should have gone back .* or pay the buyer in another way/);
  assert.match(means(failed), /\$12.50 of it is still to go back/);
  assert.match(means(paid({ refunds: [refund(40, 'pending')] })), /\$40 is on its way back to the buyer. Nothing of it stays/);
  assert.match(means(paid({ refunds: [refund(15, 'asked')] })), /\$15 is on its way back to the buyer. \$25 of it stays/);
  assert.deepEqual(warnings(paid({ refunds: [refund(40, 'pending')] }), []), []);
  assert.match(means(paid()), /The money is ours/);
  assert.match(warnings(paid(), [fact('disputed', { name: 'dp_1' })]).join(), /Answer it at the provider/);
});

test('what is in other books is not proposed to be given back from here', () => {
  const denied = paid({ refunds: [{ ...refund(10, 'failed'), failure: 'other_books' }] });
  for (const [payment, isElsewhere] of [[denied, false], [paid(), true]]) {
    assert.equal(nextOf(payment, [], isElsewhere), null);
    assert.match(warnings(payment, [], isElsewhere)[0], /that provider’s own desk/);
    assert.deepEqual(actions(payment), ['refund']);
  }
});

test('a refund is more than nothing, no more than what is left, and exact', () => {
  const payment = paid({ refunds: [refund(10, 'done')] });
  assert.deepEqual(refundOf('30', payment), { cents: 3000 });
  assert.deepEqual(refundOf('0,29', payment), { cents: 29 });
  for (const typed of ['30.01', '0', '0.00', '', '-5', '1e2', '1.005', 'all']) assert.ok(refundOf(typed, payment).wrong, typed);
});

test('one sentence says what will happen before it does', () => {
  assert.match(WILL.refund(paid(), 1500), /\$15 will go back to the buyer, and \$25 stay with us/);
  assert.match(WILL.refund(paid(), 4000), /\$40 will go back to the buyer, which is all that is left/);
  assert.match(WILL.capture(paid({ status: 'authorized' })), /\$40 will be charged/);
  assert.match(WILL.cancel(paid({ status: 'authorized' })), /\$40 that are held go free/);
  assert.doesNotMatch(WILL.cancel(paid({ status: 'open' })), /held/);
});

test('what the provider is being asked is looked at soon; what takes days is not', () => {
  assert.equal(isUnderWay(paid({ status: 'capturing' })), true);
  assert.equal(isUnderWay(paid({ refunds: [refund(1, 'asked')] })), true);
  assert.equal(isUnderWay(paid({ refunds: [refund(1, 'pending')] })), false);
  assert.equal(isBehind([fact('created', { version: 2 })], paid({ version: 4 })), true);
  assert.equal(isBehind([fact('created', { version: 2 })], paid()), false);
  assert.equal(isBehind([], paid()), false);
});

test('each attempt is told with what became of it, the latest first', () => {
  const facts = [
    fact('requested', { name: 'tok_chargeDeclined' }),
    fact('failed', { because: 'card_declined' }),
    fact('requested', { name: 'tok_visa', because: 'later' }),
    fact('challenged'),
    fact('authorized'),
    fact('created'),
  ];
  assert.deepEqual(
    attempts(facts).map(({ method, became, why, later }) => [method, became, why, later]),
    [
      ['tok_visa', 'paid', null, true],
      ['tok_chargeDeclined', 'declined', 'card_declined', false],
    ],
  );
  assert.deepEqual(attempts([fact('failed')]), []);
});

test('a dispute that is over says who has won, and when it began', () => {
  const begun = { name: 'dp_1', amount: 40, currency: 'USD' };
  const facts = [
    fact('disputed', { ...begun, because: 'fraudulent' }),
    fact('dispute-closed', { ...begun, because: 'lost', at: '2026-04-01T12:00:00Z' }),
    fact('disputed', { ...begun, name: 'dp_2', because: 'duplicate' }),
  ];
  assert.deepEqual(
    disputes(facts).map(({ name, status, at, why }) => [name, status, at, why]),
    [
      ['dp_2', 'open', '2026-03-01T12:00:00Z', 'duplicate'],
      ['dp_1', 'lost', '2026-03-01T12:00:00Z', 'fraudulent'],
    ],
  );
});

test('a refund says why it was asked for', () => {
  const facts = [fact('refund-requested', { name: 'r1', because: 'damaged' })];
  assert.deepEqual(refundFacts(facts, 'r1'), { at: '2026-03-01T12:00:00Z', why: 'damaged' });
  assert.deepEqual(refundFacts(facts, 'r2'), { at: null, why: null });
  assert.equal(because('damaged'), 'Damaged');
  assert.equal(because('insufficient_funds'), 'insufficient funds');
  assert.equal(because('E42: Bad_Thing'), 'E42: Bad_Thing');
});

test('only a charge of Stripe’s own is looked for there, in the mode that it was made in', () => {
  assert.equal(dashboard('pi_3Abc', false), 'https://dashboard.stripe.com/test/payments/pi_3Abc');
  assert.equal(dashboard('ch_3Abc', true), 'https://dashboard.stripe.com/payments/ch_3Abc');
  for (const name of ['sim_0195.1', 'free', 'pi_1/../../evil', null, undefined]) assert.equal(dashboard(name, true), null);
  assert.equal(dashboard('pi_3Abc', undefined), null);
});

test('an address leads to a view and to what is open in it; any other to the orders', () => {
  const led = (hash) => [routeOf(hash).view, routeOf(hash).id];
  assert.deepEqual(led('#/payments'), ['payments', null]);
  assert.deepEqual(led('#/payments/0195f3c2-8a1b'), ['payments', '0195f3c2-8a1b']);
  assert.deepEqual(led('#/books/0195'), ['books', null]);
  for (const hash of ['', '#/', '#/nothing', '#/constructor', '#/payments/a/b', '#/payments/"><b>']) assert.deepEqual(led(hash), ['orders', null]);
  assert.equal(addressOf('payments', 'a1'), '#/payments/a1');
  assert.deepEqual(led(addressOf('orders')), ['orders', null]);
});

test('it is said to be done only when it is', () => {
  assert.match(done('capture', paid()), /ours/);
  assert.match(done('capture', paid({ status: 'capturing' })), /being taken/);
  assert.match(done('cancel', paid({ status: 'cancelling' })), /being/);
});
