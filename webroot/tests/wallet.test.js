import test from 'node:test';
import assert from 'node:assert/strict';
import { openWallet, reduce, unknown, whenOf } from '../payments/wallet.js';

const visa = { id: 'pm_1', brand: 'visa', last4: '4242', expMonth: 3, expYear: 2030 };
const other = { ...visa, id: 'pm_2', last4: '1111' };
const user = { id: 'u' };
const gone = Object.assign(new Error('gone'), { status: 404 });
const away = Object.assign(new Error('away'), { status: 503 });

const answers = (given) => ({
  cards: async () => [visa],
  publishableKey: async () => null,
  leave: async () => other,
  forget: async () => {},
  ...given,
});

test('the cards are those that the provider tells', async () => {
  const wallet = openWallet(answers());
  assert.equal(whenOf(user, wallet.store.state), 'loading');
  await wallet.load();
  assert.deepEqual(wallet.store.state, { cards: [visa], failure: null, isTest: true });
  assert.equal(whenOf(user, wallet.store.state), 'some');
});

test('a card that is left is listed once, and one that is forgotten is not', async () => {
  const wallet = openWallet(answers());
  await wallet.load();
  await wallet.leave('tok_visa');
  await wallet.leave('tok_visa');
  assert.deepEqual(wallet.store.state.cards, [visa, other]);
  await wallet.forget('pm_1');
  await wallet.forget('pm_2');
  assert.equal(whenOf(user, wallet.store.state), 'none');
});

test('a card that somebody else has forgotten already is forgotten', async () => {
  const wallet = openWallet(answers({ forget: () => Promise.reject(gone) }));
  await wallet.load();
  await wallet.forget('pm_1');
  assert.deepEqual(wallet.store.state.cards, []);
});

test('a card that could not be forgotten stays in the list', async () => {
  const wallet = openWallet(answers({ forget: () => Promise.reject(away) }));
  await wallet.load();
  await assert.rejects(wallet.forget('pm_1'), away);
  assert.deepEqual(wallet.store.state.cards, [visa]);
});

test('a provider that is away is told of, until it has answered', async () => {
  let cards = () => Promise.reject(away);
  const wallet = openWallet(answers({ cards: () => cards() }));
  await assert.rejects(wallet.load(), away);
  assert.equal(whenOf(user, wallet.store.state), 'failed');
  cards = async () => [];
  await wallet.load();
  assert.equal(whenOf(user, wallet.store.state), 'none');
});

test('what is answered after somebody has gone is shown to nobody', async () => {
  let answer = null;
  const wallet = openWallet(answers({ cards: () => new Promise((resolve) => (answer = resolve)) }));
  const loading = wallet.load();
  wallet.turn();
  answer([visa]);
  await loading;
  assert.equal(wallet.store.state, unknown);
});

test('a guest is asked to sign in, and before anybody is known nothing is said', () => {
  assert.equal(whenOf(null, unknown), 'guest');
  assert.equal(whenOf(undefined, unknown), 'loading');
});

test('what is of no interest changes nothing', () => {
  assert.equal(reduce(unknown, { type: 'else' }), unknown);
});
