import test from 'node:test';
import assert from 'node:assert/strict';
import { emptyBooth, openSales, proofOf, reduce, termsOf } from '../sales/booth.js';

const book = (id, version, sale = null) => ({ id, version, sale });
const page = (items, more = {}) => ({ type: 'books.page', items, nextCursor: null, first: true, ...more });
const after = (...events) => events.reduce(reduce, emptyBooth);
const ids = ({ books }) => books.map(({ id }) => id);

test('further pages come behind, and what was read late undoes nothing', () => {
  const state = after(page([book('a', 3), book('b', 1)]), page([book('b', 2), book('c', 1)], { first: false }));
  assert.deepEqual(ids(state), ['a', 'b', 'c']);
  assert.equal(reduce(state, { type: 'books.read', book: book('a', 2) }), state);
  assert.equal(reduce(state, page([book('a', 2)])).books[0].version, 3);
});

test('a sale that was opened is watched until it is closed', () => {
  const opened = after(page([book('a', 1), book('b', 1)]), { type: 'books.read', book: book('b', 2, { waiting: 0 }) });
  assert.deepEqual(openSales(opened), ['b']);
  assert.deepEqual(openSales(reduce(opened, { type: 'books.read', book: book('b', 3) })), []);
});

test('nothing of a seller stays for the next one', () => {
  assert.equal(after(page([book('a', 1)]), { type: 'seller.changed' }), emptyBooth);
});

test('terms are whole numbers within what the shop allows', () => {
  assert.deepEqual(termsOf({ perCustomer: ' 2 ', minutes: '5' }).terms, { perCustomer: 2, windowSeconds: 300 });
  for (const each of ['', '0', '-1', '1.5', '2147483648', '1e3', 'two']) {
    assert.deepEqual(
      termsOf({ perCustomer: each, minutes: '61' }).errors.map(({ field }) => field),
      ['perCustomer', 'minutes'],
    );
  }
});

const audit = {
  events: 120,
  received: 10,
  available: 0,
  reserved: 2,
  allocated: 5,
  sold: 3,
  writtenOff: 0,
  tickets: 40,
  admitted: 10,
  left: 29,
  waiting: 1,
  proven: true,
  violations: [],
};

test('what the auditor found is said in plain words', () => {
  const { good, sentences } = proofOf(audit);
  assert.equal(good, true);
  assert.match(sentences[0], /120 entries/);
  assert.match(sentences[1], /10 came in: 0 left, 2 kept for shoppers, 5 paid, 3 sent\. That adds up/);
  assert.match(sentences[2], /40 tickets given out, 10 let in, each in the order of arrival; 29 left .*; 1 still waits/);
});

test('without a line nothing is said of one', () => {
  assert.equal(proofOf({ ...audit, tickets: 0, admitted: 0, left: 0, waiting: 0 }).sentences.length, 2);
});

test('a broken promise is shown as it is, and nothing is praised beside it', () => {
  const { good, sentences } = proofOf({ ...audit, proven: false, violations: ['oversold: StockReserved'] });
  assert.equal(good, false);
  assert.deepEqual(sentences.slice(1), ['oversold: StockReserved']);
});
