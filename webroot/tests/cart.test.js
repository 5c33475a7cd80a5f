import test from 'node:test';
import assert from 'node:assert/strict';
import { codeOf, explained, flagOf, obstacle, reduce, shown, unknownCart } from '../cart/cart.js';

const item = (productId, quantity, more = {}) => ({ productId, title: productId, price: 19.99, quantity, ...more });
const cart = (version, items = [], more = {}) => ({
  items,
  leftOut: [],
  currency: 'USD',
  guest: false,
  lockedBy: null,
  version,
  ...more,
});

const read = (...args) => ({ type: 'cart.read', cart: cart(...args) });
const after = (...events) => events.reduce(reduce, unknownCart);
const press = (productId, quantity) => ({ type: 'quantity.pressed', productId, quantity });
const answered = (productId, quantity) => ({ type: 'quantity.answered', productId, quantity });

test('an answer that comes late never turns the cart back', () => {
  const state = after(read(3, [item('a', 3)]));
  assert.equal(reduce(state, read(2, [item('a', 2)])), state);
});

test('the cart of the account counts its own versions', () => {
  const state = after(read(9, [item('a', 1)], { guest: true }), read(2, [item('a', 1)]));
  assert.equal(state.cart.version, 2);
});

test('a change in another tab is wanted until it is read', () => {
  const heard = after(read(3), { type: 'cart', version: 5 });
  assert.equal(heard.wanted, 5);
  assert.equal(reduce(heard, read(4)).wanted, 5);
  assert.equal(reduce(heard, read(5)).wanted, 0);
});

test('news of what is known changes nothing, nor does noise', () => {
  const state = after(read(3));
  for (const noise of [{ type: 'cart', version: 3 }, { type: 'cart' }, { type: 'hello', version: 9 }]) {
    assert.equal(reduce(state, noise), state);
  }
});

test('a pressed quantity is shown at once, with its sum, until it is answered', () => {
  const state = after(read(1, [item('a', 1)]), press('a', 3));
  assert.deepEqual([shown(state).count, shown(state).total], [3, 59.97]);
  const done = [read(2, [item('a', 3)]), answered('a', 3)].reduce(reduce, state);
  assert.equal(done.pressed.size, 0);
  assert.equal(shown(done).total, 59.97);
});

test('the answer to an earlier press does not take a later one away', () => {
  const state = after(read(1, [item('a', 1)]), press('a', 2), press('a', 3), read(2, [item('a', 2)]), answered('a', 2));
  assert.equal(shown(state).items[0].quantity, 3);
});

test('what the vouchers take off, the server says, and while it thinks the plain sum is shown', () => {
  const vouchers = [{ code: 'TENTH', amount: 2 }];
  const state = after(read(1, [item('a', 1)], { vouchers, subtotal: 19.99, total: 17.99 }));
  assert.equal(shown(state).total, 17.99);
  assert.deepEqual(shown(state).vouchers, vouchers);
  assert.equal(shown(reduce(state, press('a', 2))).total, 39.98);
});

test('what is gone is shown and counts nothing', () => {
  const { items, total } = shown(after(read(1, [item('a', 1), item('b', 2, { gone: true })])));
  assert.equal(items.length, 2);
  assert.equal(total, 19.99);
});

test('stock news flag a line that is short, and take the flag away again', () => {
  const stock = (quantity, version = 2) => ({ type: 'stock', productId: 'a', quantity, version });
  const state = after(read(1, [item('a', 3)]), stock(2, 1));
  assert.equal(state.cart.items[0].available, 2);
  assert.equal(flagOf(state.cart.items[0]), 'short');
  assert.equal(flagOf(reduce(state, stock(0)).cart.items[0]), 'out');
  assert.equal(flagOf(reduce(state, stock(3)).cart.items[0]), null);
  assert.equal(reduce(state, stock(0, 1)), state);
  assert.equal(reduce(state, { ...stock(2), productId: 'other' }).cart, state.cart);
});

const stock = (quantity, version) => ({ type: 'stock', productId: 'a', quantity, version });
const held = (quantity, left, version) => ({
  type: 'held',
  productId: 'a',
  held: quantity,
  quantity: left,
  until: '2026-03-01T12:15:00Z',
  version,
});
const keeps = (quantity, version) => ({ held: { quantity, until: null, version } });
const flag = (...events) => flagOf(after(...events).cart.items[0]);

test('what the cart holds itself is not missing to it', () => {
  const three = read(1, [item('a', 3, keeps(3, 5))]);
  assert.equal(flag(three, stock(0, 6)), null);
  assert.equal(flag(three, held(2, 0, 6)), 'short');
  assert.equal(flag(three, held(0, 2, 6)), 'short');
  assert.equal(flag(three, held(0, 0, 6)), 'out');
  assert.equal(flag(three, held(0, 3, 6), stock(3, 6)), null);
});

test('it does not matter which is heard first: what is left, or what is held', () => {
  const three = read(1, [item('a', 3, keeps(0, 5))]);
  assert.equal(flag(three, stock(0, 6), held(3, 0, 6)), null);
  assert.equal(flag(three, held(3, 0, 6), stock(0, 6)), null);
  assert.equal(flag(three, held(3, 0, 6), stock(9, 5)), null);
});

test('a cart that is read late does not undo what was heard of its stock', () => {
  assert.equal(flag(held(3, 0, 6), read(1, [item('a', 3, keeps(0, 5))])), null);
  assert.equal(flag(held(0, 0, 6), read(1, [item('a', 3, keeps(3, 7))])), null);
  assert.equal(flag(stock(9, 6), read(1, [item('a', 3, { available: 2 })])), 'short');
});

test('the most pressing flag is the one that is shown', () => {
  const changed = { priceChanged: { from: 1, to: 2, currency: 'USD' }, cut: 1 };
  assert.equal(flagOf(item('a', 2, { ...changed, gone: true })), 'gone');
  assert.equal(flagOf(item('a', 2, { ...changed, available: 1, flashSale: true })), 'sale');
  assert.equal(flagOf(item('a', 2, { ...changed, available: 1 })), 'short');
  assert.equal(flagOf(item('a', 2, changed)), 'price');
  assert.equal(flagOf(item('a', 2, { cut: 1 })), 'cut');
});

test('an order is placed from a cart that has nothing to be looked at', () => {
  assert.equal(obstacle(after(read(1))), 'empty');
  assert.equal(obstacle(after(read(1, [item('a', 1)]))), null);
  assert.equal(obstacle(after(read(1, [item('a', 1, { cut: 2 })]))), null);
  assert.equal(obstacle(after(read(1, [item('a', 2, { available: 1 })]))), 'flagged');
  assert.equal(obstacle(after(read(1, [item('a', 1)], { lockedBy: 'o' }))), 'locked');
  assert.equal(obstacle(after(read(1, [item('a', 1)]), press('a', 2))), 'busy');
});

test('what was ordered is said until the cart changes', () => {
  const state = after(read(1, [item('a', 1)]), { type: 'cart.ordered', orderId: 'o1' });
  assert.equal(state.ordered.orderId, 'o1');
  assert.equal(reduce(state, read(1, [item('a', 1)])).ordered.orderId, 'o1');
  assert.equal(reduce(state, read(2, [item('a', 2)])).ordered, null);
});

test('nothing of a visitor stays for the next one', () => {
  assert.equal(after(read(1, [item('a', 1)]), press('a', 2), { type: 'visitor.changed' }), unknownCart);
});

test('a code is what was typed, in any case, without what was pasted around it', () => {
  assert.equal(codeOf('  spring-10 '), 'SPRING-10');
  for (const typed of ['', 'abc', 'two words', 'ÄÖÜ-1', 'X'.repeat(33), '<b>bold</b>']) assert.equal(codeOf(typed), null);
});

test('a line says how it comes to its price, and nothing when it costs what it says', () => {
  const discounts = [
    { code: 'TENTH', amount: 2 },
    { code: 'LAMP5', amount: 5 },
  ];
  const vouchers = [{ code: 'TENTH', amount: 2, percent: 10 }];
  const why = explained(item('a', 1, { discounts, total: 12.99 }), vouchers);
  assert.equal(why.total, 12.99);
  const rates = why.cuts.map(({ code, amount, percent }) => [code, amount, percent]);
  assert.deepEqual(rates, [
    ['TENTH', 2, 10],
    ['LAMP5', 5, undefined],
  ]);
  assert.equal(explained(item('a', 1, { discounts: [], total: 19.99 }), vouchers), null);
});

test('while a price is worked out, the vouchers stay and say nothing', () => {
  const vouchers = [{ code: 'TENTH', amount: 2, percent: 10 }];
  const line = item('a', 1, { discounts: [{ code: 'TENTH', amount: 2 }], total: 17.99 });
  const state = after(read(1, [line], { vouchers, subtotal: 19.99, total: 17.99 }), press('a', 2));
  assert.deepEqual(shown(state).vouchers, [{ code: 'TENTH' }]);
  assert.deepEqual(shown(state).items[0].discounts, []);
  assert.equal(shown(state).subtotal, 39.98);
});

test('a line is flagged when a flash sale of its product opens, unless it is held, and no longer when that is over', () => {
  const sale = (open) => ({ type: 'sale', productId: 'a', open });
  assert.equal(flag(read(1, [item('a', 2)]), sale(true)), 'sale');
  assert.equal(flag(read(1, [item('a', 2)]), sale(true), sale(false)), null);
  assert.equal(flag(read(1, [item('a', 2, keeps(2, 5))]), sale(true)), null);
  const state = after(read(1, [item('a', 2)]));
  assert.equal(reduce(state, { type: 'sale', productId: 'other', open: true }), state);
});
