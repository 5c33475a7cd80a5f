import test from 'node:test';
import assert from 'node:assert/strict';
import { emptyShelf, reduce, stockOf } from '../catalog/catalog.js';

const product = (id, quantity = 5) => ({ id, title: id, price: 1, currency: 'USD', quantity, version: 1 });
const page = (items, first = true, nextCursor = null) => ({ type: 'page.read', items, first, nextCursor });
const stock = (productId, quantity, version) => ({ type: 'stock', productId, quantity, version });
const after = (...events) => events.reduce(reduce, emptyShelf);
const quantities = ({ products }) => Object.fromEntries(products.map(({ id, quantity }) => [id, quantity]));

test('a first page replaces the shelf, a further page is added without doubles', () => {
  const state = after(
    page([product('old')]),
    page([product('a'), product('b')]),
    page([product('b'), product('c')], false),
  );
  assert.deepEqual(
    state.products.map(({ id }) => id),
    ['a', 'b', 'c'],
  );
});

test('a stock message changes the quantity of its product alone', () => {
  assert.deepEqual(quantities(after(page([product('a'), product('b')]), stock('a', 2, 7))), { a: 2, b: 5 });
});

test('a late or doubled stock message changes nothing', () => {
  const state = after(page([product('a')]), stock('a', 2, 7));
  assert.equal(reduce(state, stock('a', 4, 6)), state);
  assert.equal(reduce(state, stock('a', 2, 7)), state);
});

test('a stock message that overtakes its page is not undone by it', () => {
  assert.deepEqual(quantities(after(stock('a', 1, 3), page([product('a', 9)]))), { a: 1 });
});

test('on a new line what is read counts, not what was heard before', () => {
  assert.deepEqual(quantities(after(stock('a', 1, 3), { type: 'line.renewed' }, page([product('a', 9)]))), { a: 9 });
});

test('what is remembered of stock messages has a bound', () => {
  const messages = Array.from({ length: 600 }, (_, i) => stock(`p${i}`, 1, 1));
  const { heard } = after(...messages);
  assert.equal(heard.size, 500);
  assert.ok(heard.has('p599') && !heard.has('p0'));
});

test('a new product stands first, once', () => {
  const state = after(
    page([product('a')]),
    { type: 'product.added', product: product('b') },
    { type: 'product.added', product: product('b') },
  );
  assert.deepEqual(
    state.products.map(({ id }) => id),
    ['b', 'a'],
  );
});

test('a product is renewed in its place, or taken off the shelf', () => {
  const state = after(page([product('a'), product('b')]), { type: 'product.read', product: product('b', 1) });
  assert.deepEqual(quantities(state), { a: 5, b: 1 });
  assert.deepEqual(quantities(reduce(state, { type: 'product.missing', id: 'a' })), { b: 1 });
});

test('the badge counts what is scarce and says when nothing is left', () => {
  assert.deepEqual(stockOf(product('a', 0)), { text: 'Sold out', level: 'none' });
  assert.deepEqual(stockOf(product('a', 3)), { text: '3 left', level: 'scarce' });
  assert.deepEqual(stockOf(product('a', 12)), { text: '12 left', level: 'plenty' });
  assert.deepEqual(stockOf(product('a', 80)), { text: 'In stock', level: 'plenty' });
});
