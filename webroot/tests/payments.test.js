import test from 'node:test';
import assert from 'node:assert/strict';
import { CardProblem, beside, cardName, due, isToProve, payByCard, proven, standing } from '../payments/paying.js';

const paid = { id: 'o', status: 'paid' };
const asked = { id: 'o', status: 'action-required', action: 'pi_1_secret_2' };

function told(...answers) {
  const said = [];
  const say = (name, answer) => async (...words) => {
    said.push([name, ...words]);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const [payment, proof = paid, method = { paymentMethod: { id: 'pm_new' } }] = answers;
  return {
    said,
    stripe: { createPaymentMethod: say('name', method), handleNextAction: say('prove to the bank', {}) },
    shop: { leave: say('leave', { id: 'pm_kept' }), pay: say('pay', payment), prove: say('prove', proof) },
  };
}

test('a new card is named by the provider, and paid with by that name', async () => {
  const { said, stripe, shop } = told(paid);
  assert.equal(await payByCard({ stripe, card: 'the field' }, shop), paid);
  assert.deepEqual(said, [
    ['name', { type: 'card', card: 'the field' }],
    ['pay', 'pm_new'],
  ]);
});

test('a card that is to be kept is left with the provider before it is paid with', async () => {
  const { said, stripe, shop } = told(paid);
  await payByCard({ stripe, card: 'the field', keep: true }, shop);
  assert.deepEqual(said.slice(1), [
    ['leave', 'pm_new'],
    ['pay', 'pm_kept'],
  ]);
});

test('a card that was left is paid with, and the field is not asked', async () => {
  const { said, stripe, shop } = told(paid);
  await payByCard({ stripe, card: 'the field', saved: 'pm_1', keep: true }, shop);
  assert.deepEqual(said, [['pay', 'pm_1']]);
});

test('a card that cannot be read is told of, and nothing is paid', async () => {
  const { said, stripe, shop } = told(paid, paid, { error: { message: 'Your card number is incomplete.' } });
  await assert.rejects(payByCard({ stripe, card: 'the field' }, shop), new CardProblem({ message: 'Your card number is incomplete.' }));
  assert.equal(said.length, 1);
});

test('who has to prove who they are does, and then the shop asks what has become of it', async () => {
  const { said, stripe, shop } = told(asked);
  assert.equal(await payByCard({ stripe, card: 'the field' }, shop), paid);
  assert.deepEqual(said.slice(2), [
    ['prove to the bank', { clientSecret: 'pi_1_secret_2' }],
    ['prove', 'o'],
  ]);
});

test('where the bank has a page of its own, that is where to go', async () => {
  const { said, stripe, shop } = told({ ...asked, action: 'https://bank.example/prove' });
  const { goTo } = await payByCard({ stripe, card: 'the field' }, shop);
  assert.equal(goTo, 'https://bank.example/prove');
  assert.equal(said.length, 2);
});

test('who has to prove who they are, while the provider does not say with what, is told so and asked nothing', async () => {
  const silent = { id: 'o', status: 'action-required' };
  const { said, stripe, shop } = told(silent);
  assert.equal(await payByCard({ stripe, card: 'the field' }, shop), silent);
  assert.equal(said.length, 2);
});

test('where there is no script of the provider, the page itself asks who is paying, and nothing is proved before', async () => {
  const simulated = { ...asked, action: 'prove:sim_o.1' };
  const { said, shop } = told(simulated);
  const payment = await payByCard({ stripe: null, card: null, saved: 'pm_1' }, shop);
  assert.deepEqual(said, [['pay', 'pm_1']]);
  assert.equal(payment, simulated);
  assert.ok(isToProve(payment, null));
});

test('nobody is asked by the page who has paid, who is asked by their bank, or who is on the way there', () => {
  const { stripe } = told();
  assert.ok(!isToProve(paid, null));
  assert.ok(!isToProve(asked, stripe));
  assert.ok(!isToProve({ ...asked, goTo: 'https://bank.example/prove' }, null));
});

test('a payment that the shop refuses is not proved', async () => {
  const refused = new Error('declined');
  const { said, stripe, shop } = told(refused);
  await assert.rejects(payByCard({ stripe, card: 'the field' }, shop), refused);
  assert.equal(said.length, 2);
});

test('cards have the names that people know them by', () => {
  assert.equal(cardName({ brand: 'visa', last4: '4242', expMonth: 3, expYear: 2030 }), 'Visa ···· 4242, until 03/30');
  assert.equal(cardName({ brand: 'discover', last4: '1117', expMonth: 12, expYear: 2040 }), 'Discover ···· 1117, until 12/40');
});

test('only what the order does not say itself is said', () => {
  assert.equal(standing(paid), null);
  assert.match(standing({ status: 'processing' }), /under way/);
  assert.match(standing({ status: 'cancelled' }), /nothing was taken/);
});

test('who has closed the question of their bank can be asked it again', async () => {
  const { said, stripe, shop } = told(paid);
  assert.equal(await proven(asked, stripe, shop.prove), paid);
  assert.deepEqual(said, [
    ['prove to the bank', { clientSecret: 'pi_1_secret_2' }],
    ['prove', 'o'],
  ]);
});

test('who has paid meanwhile is asked nothing any more', async () => {
  const { said, stripe, shop } = told(paid);
  assert.equal(await proven(paid, stripe, shop.prove), paid);
  assert.equal(said.length, 0);
});

const open = { status: 'created', paymentStatus: 'awaiting', total: 38 };

test('an order is to be paid as long as there is time and nothing has come of a payment', () => {
  for (const payment of [undefined, 'open', 'failed', 'cancelled']) {
    assert.equal(due({ ...open, payment }, false), 'pay');
    assert.equal(due({ ...open, payment }, true), null);
  }
});

test('an order whose payment waits for a proof is to be proved, also when the time is up', () => {
  assert.equal(due({ ...open, payment: 'action-required' }, false), 'prove');
  assert.equal(due({ ...open, payment: 'action-required' }, true), 'prove');
});

test('an order whose payment is under way is to be waited for', () => {
  for (const payment of ['processing', 'cancelling', 'capturing', 'authorized', 'paid']) {
    assert.equal(due({ ...open, payment }, false), 'wait');
  }
});

test('nothing is to be paid of an order that is held, paid or over', () => {
  assert.equal(due({ ...open, paymentStatus: 'authorized', payment: 'authorized' }, false), null);
  assert.equal(due({ ...open, paymentStatus: 'paid', payment: 'paid' }, false), null);
  assert.equal(due({ ...open, status: 'cancelled', payment: 'action-required' }, false), null);
});

test('an order says what its payment waits for', () => {
  assert.equal(beside(open), 'Awaiting payment');
  assert.equal(beside({ ...open, payment: 'failed' }), 'Awaiting payment');
  assert.match(beside({ ...open, payment: 'action-required' }), /bank/);
  assert.match(beside({ ...open, payment: 'processing' }), /under way/);
  assert.match(beside({ ...open, payment: 'cancelling' }), /called off/);
  assert.equal(beside({ ...open, total: 0 }), 'Nothing to pay');
  assert.match(beside({ ...open, total: 0, payment: 'processing' }), /under way/);
});
