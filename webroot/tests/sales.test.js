import test from 'node:test';
import assert from 'node:assert/strict';
import { noSales, reduce, standing } from '../sales/sales.js';

const sale = (version, head, more = {}) => ({
  type: 'sale',
  productId: 'a',
  open: true,
  head,
  waiting: 9,
  quantity: 0,
  soldOut: false,
  version,
  ...more,
});
const ticket = (version, head, number) => ({
  type: 'ticket.read',
  sale: { ...sale(version, head), mine: { ticket: number, place: 1, quantity: 0, until: null } },
});
const stands = (...events) => standing(events.reduce(reduce, noSales).sales.get('a'));

test('a place is reckoned from the ticket that is next, and moves up with it', () => {
  assert.deepEqual(stands(ticket(5, 3, 12)), { is: 'waiting', place: 10 });
  assert.deepEqual(stands(ticket(5, 3, 12), sale(6, 11)), { is: 'waiting', place: 2 });
});

test('a late message never moves anybody back', () => {
  assert.deepEqual(stands(ticket(5, 3, 12), sale(8, 11), sale(7, 4)), { is: 'waiting', place: 2 });
});

test('what was read late does not undo what was heard', () => {
  assert.deepEqual(stands(sale(8, 11), ticket(5, 3, 12)), { is: 'waiting', place: 2 });
});

test('whose turn it is may order, until it is over', () => {
  const turn = { type: 'sale.admitted', productId: 'a', ticket: 12, quantity: 1, until: '2026-03-01T12:00:00Z' };
  assert.deepEqual(stands(ticket(5, 3, 12), turn), { is: 'turn', quantity: 1, until: turn.until });
  assert.equal(stands(ticket(5, 3, 12), turn, { type: 'ticket.missing', productId: 'a' }).is, 'open');
});

test('what was read before it was my turn does not take the turn away', () => {
  const turn = { type: 'sale.admitted', productId: 'a', ticket: 12, quantity: 1, until: '2026-03-01T12:00:00Z', version: 9 };
  assert.equal(stands(ticket(5, 3, 12), turn, ticket(8, 11, 12)).is, 'turn');
  assert.equal(stands(ticket(5, 3, 12), turn, ticket(10, 13, 14)).is, 'waiting');
});

test('sold out is said to who does not wait', () => {
  assert.equal(stands(sale(5, 3, { soldOut: true })).is, 'soldOut');
  assert.equal(stands(ticket(5, 3, 12), sale(6, 3, { soldOut: true })).is, 'waiting');
});

test('a sale that is over is forgotten', () => {
  assert.equal(stands(ticket(5, 3, 12), sale(6, 3, { open: false })).is, 'open');
});
