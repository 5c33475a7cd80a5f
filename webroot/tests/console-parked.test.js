import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { eventOf, nameOf, outcome, stateOf } from '../console/parked.js';

const contract = readFileSync(new URL('../../verticles/gateway/src/main/resources/openapi.yaml', import.meta.url), 'utf8');
const parked = { version: 3, tries: 5, behind: 0 };

test('a room and a list are called so, and whatever else follows by its own name', () => {
  assert.equal(nameOf('orders.reactions'), 'The room “orders”');
  assert.equal(nameOf('order-list.2'), 'The list “order-list”');
  assert.equal(nameOf('revocations'), 'revocations');
  assert.equal(nameOf('payments.cards'), 'payments.cards');
});

test('of an event that is missing its place is told', () => {
  assert.equal(eventOf({ type: 'order.cancelled', version: 5 }), 'order.cancelled, version 5');
  assert.equal(eventOf({ type: null, version: 5 }), 'An event that is missing, version 5');
});

test('how often it was tried is said, and how much waits behind it', () => {
  assert.equal(stateOf({ tries: 0, behind: 0 }), 'Not tried yet');
  assert.equal(stateOf({ tries: 1, behind: 1 }), 'Tried once, one more event waits behind it');
  assert.equal(stateOf({ tries: 2, behind: 2 }), 'Tried twice, 2 more events wait behind it');
  assert.equal(stateOf({ tries: 5, behind: 100 }), 'Tried 5 times, 100 or more events wait behind it');
});

test('many are as many as the contract counts', () => {
  const [, most] = /\n {8}behind: \{ type: integer, minimum: 0, maximum: (\d+),/.exec(contract);
  assert.match(stateOf({ tries: 5, behind: Number(most) }), /or more/);
  assert.doesNotMatch(stateOf({ tries: 5, behind: Number(most) - 1 }), /or more/);
});

test('who tries again is told whether it is over, got on, failed again, or goes on', () => {
  assert.deepEqual(outcome({ over: true, parked: null }, parked).kind, 'good');
  assert.match(outcome({ over: false, parked: { ...parked, version: 7 } }, parked).words, /as far as version 7/);
  assert.match(outcome({ over: false, parked: { ...parked, tries: 6 } }, parked).words, /cannot be taken in yet/);
  assert.match(outcome({ over: false, parked }, parked).words, /still being tried/);
});
