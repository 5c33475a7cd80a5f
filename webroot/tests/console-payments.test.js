import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  DEEDS,
  LISTS,
  MARKS,
  MEANS,
  STATUS,
  actions,
  attempts,
  because,
  dashboard,
  disputes,
  isBehind,
  isUnderWay,
  leftCents,
  means,
  nextOf,
  query,
  refundFacts,
  refundOf,
  warnings,
} from '../console/payment-book.js';

const paid = (more = {}) => ({ status: 'paid', amount: 40, refunded: 0, lost: 0, currency: 'USD', refunds: [], version: 2, ...more });
const refund = (amount, status) => ({ id: `${amount}-${status}`, amount, status });
const fact = (type, more = {}) => ({ type: `payment.${type}`, at: '2026-03-01T12:00:00Z', by: 'anna', because: null, name: null, ...more });
const back = (amount, reason = '') => new Map(Object.entries({ amount, reason }));

test('an order is looked for by its number or its id, whatever list was looked at', () => {
  assert.equal(query({ list: 'held', typed: 'b2026-123' }), 'order=B-2026-000123');
  assert.equal(query({ list: 'held', typed: ' 0195f3c2 ' }), 'order=0195f3c2');
});

test('each list asks for the state or the mark that it is called after', () => {
  assert.equal(query({ list: 'held' }), 'status=authorized&limit=25');
  assert.equal(query({ list: 'disputed' }, { cursor: 'xyz', limit: 25 }), 'mark=disputed&cursor=xyz&limit=25');
  assert.equal(query({ list: 'gone' }), 'limit=25');
  assert.equal(new Set(LISTS.map(({ id }) => id)).size, LISTS.length);
});

test('every state has its words, and says what it means', () => {
  assert.deepEqual(Object.keys(MEANS), Object.keys(STATUS));
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
  assert.ok(refundOf(back('25.01'), partly).wrong);
});

test('every mark that the contract knows has its words, and a list of its own', () => {
  const contract = readFileSync(new URL('../../verticles/gateway/src/main/resources/openapi.yaml', import.meta.url), 'utf8');
  const [, marks] = /\n {4}PaymentInBook:\n[\s\S]*?marks: { type: array, items: { enum: \[([\w, -]+)\]/.exec(contract);
  assert.deepEqual(marks.split(', ').toSorted(), Object.keys(MARKS).toSorted());
  assert.deepEqual(LISTS.flatMap(({ filter }) => filter.mark ?? []).toSorted(), Object.keys(MARKS).toSorted());
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

test('nothing is offered to be done from here with what is in other books', () => {
  for (const status of ['paid', 'authorized', 'failed']) assert.deepEqual(actions(paid({ status }), true), [], status);
  assert.match(warnings(paid(), [], true)[0], /that provider’s own desk/);
  assert.deepEqual(warnings(paid(), [], false), []);
});

test('a refund is more than nothing, no more than what is left, and exact', () => {
  const payment = paid({ refunds: [refund(10, 'done')] });
  assert.deepEqual(refundOf(back('30'), payment), { body: { amount: 30, currency: 'USD' } });
  assert.deepEqual(refundOf(back('0,29', 'damaged'), payment), { body: { amount: 0.29, currency: 'USD', reason: 'damaged' } });
  for (const typed of ['30.01', '0', '0.00', '', '-5', '1e2', '1.005', 'all']) {
    assert.deepEqual(refundOf(back(typed), payment).wrong.map(({ field }) => field), ['amount'], typed);
  }
});

test('one sentence says what will happen before it does', () => {
  const said = (deed, payment, typed) => DEEDS[deed].will({ payment }, typed && back(typed));
  assert.match(said('refund', paid(), '15'), /\$15 will go back to the buyer, and \$25 stay with us; it cannot be undone/);
  assert.match(said('refund', paid(), '40'), /\$40 will go back to the buyer, which is all that is left; it cannot be undone/);
  assert.equal(said('refund', paid(), 'much'), '');
  assert.match(said('capture', paid({ status: 'authorized' })), /\$40 will be charged/);
  assert.match(said('cancel', paid({ status: 'authorized' })), /\$40 that are held go free/);
  assert.doesNotMatch(said('cancel', paid({ status: 'open' })), /held/);
});

test('nothing that is offered is done before it was said what it does', () => {
  for (const status of Object.keys(STATUS)) {
    for (const act of actions(paid({ status }))) assert.ok(DEEDS[act].sure && DEEDS[act].will, act);
  }
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

test('it is said to be done only when it is', () => {
  assert.match(DEEDS.capture.done(paid()), /ours/);
  assert.match(DEEDS.capture.done(paid({ status: 'capturing' })), /being taken/);
  assert.match(DEEDS.cancel.done(paid({ status: 'cancelled' })), /Called off/);
  assert.match(DEEDS.cancel.done(paid({ status: 'cancelling' })), /being/);
});
