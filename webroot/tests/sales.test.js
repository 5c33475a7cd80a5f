import test from 'node:test';
import assert from 'node:assert/strict';
import { doubts, noSales, reduce, standing } from '../sales/sales.js';

/** Of a line in which `gone` are out, of whom `left` have left by themselves. */
const sale = (version, gone, more = {}) => ({
  type: 'sale',
  productId: 'a',
  open: true,
  head: gone + 1,
  waiting: 9,
  gone,
  left: 0,
  quantity: 0,
  soldOut: false,
  version,
  ...more,
});
const ticket = (version, gone, number, more = {}) => ({
  type: 'ticket.read',
  sale: {
    ...sale(version, gone),
    ...more,
    mine: { ticket: number, place: number - gone, quantity: 0, until: null },
  },
});
const stands = (...events) => standing(events.reduce(reduce, noSales).sales.get('a'));
const at = (place) => ({ is: 'waiting', place });

test('a place moves up with everybody who is admitted', () => {
  assert.deepEqual(stands(ticket(5, 2, 12)), at(10));
  assert.deepEqual(stands(ticket(5, 2, 12), sale(6, 10)), at(2));
});

test('who leaves in front makes a place for everybody behind, and for nobody else', () => {
  const left = sale(6, 4, { left: 2, trail: [7, 20] });
  assert.deepEqual(stands(ticket(5, 2, 12), left), at(9));
  assert.deepEqual(stands(ticket(5, 2, 12), left, sale(9, 7, { left: 3, trail: [30] })), at(7));
});

test('of what was told before a ticket was read, nothing is counted twice', () => {
  const told = sale(9, 5, { left: 3, trail: [3, 4, 20] });
  assert.deepEqual(stands(ticket(7, 4, 12, { left: 2 }), told), at(8));
});

test('a ticket that is read late is made up for by what was heard, as far as it is known', () => {
  const heard = sale(9, 6, { left: 1, trail: [4] });
  assert.deepEqual(stands(heard, ticket(7, 5, 12, { left: 1 })), at(6));
  assert.deepEqual(stands(heard, ticket(7, 5, 12, { left: 0 })), { ...at(7), atMost: true });
});

test('who has missed somebody leaving knows the last place that it can be, asks, and then knows', () => {
  const missed = [ticket(5, 2, 12), sale(6, 6, { left: 3, trail: [30] })];
  assert.deepEqual(stands(...missed), { ...at(9), atMost: true });
  assert.deepEqual(doubts(missed.reduce(reduce, noSales)), ['a']);
  const asked = [...missed, ticket(8, 5, 12, { left: 3 })];
  assert.deepEqual(stands(...asked), at(7));
  assert.deepEqual(doubts(asked.reduce(reduce, noSales)), []);
});

test('whatever happens in whatever bulletins, a place is the number of those who wait up to it', () => {
  let seed = 7;
  const dice = (n) => (seed = (seed * 48271) % 2147483647) % n;
  for (let round = 0; round < 200; round++) {
    const line = Array.from({ length: 30 }, (_, i) => i + 1);
    const mine = 1 + dice(30);
    let [gone, left, version, trail] = [0, 0, 1, []];
    let state = reduce(noSales, ticket(1, 0, mine));
    while (line.includes(mine)) {
      const who = dice(3) === 0 ? 0 : dice(line.length);
      const byThemselves = who > 0 || dice(4) === 0;
      const [out] = line.splice(who, 1);
      gone++;
      version++;
      if (byThemselves) {
        left++;
        trail.push(out);
      }
      if (dice(3) > 0) continue; // not told yet: the next bulletin brings it
      state = reduce(state, sale(version, gone, { left, trail }));
      trail = [];
      const place = line.indexOf(mine) + 1;
      if (place > 0) assert.deepEqual(standing(state.sales.get('a')), at(place));
    }
  }
});

test('a late message never moves anybody back', () => {
  assert.deepEqual(stands(ticket(5, 2, 12), sale(8, 10), sale(7, 3)), at(2));
});

test('what was read late does not undo what was heard', () => {
  assert.deepEqual(stands(sale(8, 10), ticket(5, 2, 12)), at(2));
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
