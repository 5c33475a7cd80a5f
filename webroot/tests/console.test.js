import test from 'node:test';
import assert from 'node:assert/strict';
import { DOUBTS, LISTS, actions, actor, backOf, doubtOf, leftOf, nextOf, notFound, query, shipmentOf, wanted } from '../console/order-book.js';
import { bars, bestProducts, ceiling, count, daysOf, nextDay, total } from '../console/sales.js';

const sold = (day, more = {}) => ({ day, currency: 'USD', orders: 1, units: 2, returned: 0, revenue: 10, refunds: 0, ...more });

test('a number is found in whatever form it is typed', () => {
  assert.deepEqual(wanted('B-2026-000123'), { number: 'B-2026-000123' });
  assert.deepEqual(wanted('  b2026-123 '), { number: 'B-2026-000123' });
  assert.deepEqual(wanted('b-2026-1234567'), { number: 'B-2026-1234567' });
});

test('a number is found without its letter, and without the year in the year that it is of', () => {
  for (const typed of ['330', '000330', '2026-330', '2026-000330', 'b-2026-330']) {
    assert.deepEqual(wanted(typed, 2026), { number: 'B-2026-000330' }, typed);
  }
  assert.deepEqual(wanted('2025-1', 2026), { number: 'B-2025-000001' });
  assert.deepEqual(wanted('0195f3c2-8a1b-7c3d-9e2f-0a1b2c3d4e5f', 2026), { userId: '0195f3c2-8a1b-7c3d-9e2f-0a1b2c3d4e5f' });
});

test('who finds nothing is told what was looked for', () => {
  assert.equal(notFound('b-2026-1', 'payment'), 'There is no payment of the number B-2026-000001.');
  assert.match(notFound('anna', 'order'), /no such order. Numbers look like/);
  assert.equal(notFound(' ', 'payment'), 'There is no such payment.');
  assert.equal(notFound(undefined, 'order'), 'There is no such order.');
});

test('anything else that is typed is a person, and nothing is everybody', () => {
  assert.deepEqual(wanted('0195f3c2-8a1b'), { userId: '0195f3c2-8a1b' });
  assert.deepEqual(wanted('   '), {});
});

test('each list asks for the states that it is called after', () => {
  assert.equal(query({ list: 'ship' }), 'status=complete&fulfilmentStatus=confirmed&limit=25');
  assert.equal(query({ list: 'capture' }), 'status=created&paymentStatus=authorized&limit=25');
  assert.equal(query({ list: 'gone' }), 'limit=25');
  assert.equal(new Set(LISTS.map(({ id }) => id)).size, LISTS.length);
});

test('the last day that is asked for is in it as a whole', () => {
  const asked = new URLSearchParams(query({ from: '2026-03-01', to: '2026-03-01' }));
  assert.equal(Date.parse(asked.get('to')) - Date.parse(asked.get('from')), 86_400_000);
  assert.equal(new URLSearchParams(query({ from: 'soon' })).get('from'), null);
  assert.equal(new URLSearchParams(query({}, { cursor: 'xyz', limit: 25 })).get('cursor'), 'xyz');
});

test('of an order only the next step is offered, and of what is over none', () => {
  assert.deepEqual(actions({ status: 'created', fulfilmentStatus: 'none' }), ['request', 'cancel']);
  assert.deepEqual(actions({ status: 'created', paymentStatus: 'authorized', fulfilmentStatus: 'none' }), ['cancel']);
  assert.deepEqual(actions({ status: 'complete', fulfilmentStatus: 'none' }), ['confirm']);
  assert.deepEqual(actions({ status: 'complete', fulfilmentStatus: 'confirmed' }), ['ship']);
  assert.deepEqual(actions({ status: 'complete', fulfilmentStatus: 'shipped' }), ['deliver']);
  assert.deepEqual(actions({ status: 'complete', fulfilmentStatus: 'delivered' }), ['return']);
  assert.deepEqual(actions({ status: 'complete', fulfilmentStatus: 'returned' }), []);
  assert.deepEqual(actions({ status: 'cancelled', fulfilmentStatus: 'none' }), []);
});

test('no goods and no money are proposed to go out while it is not sure who pays', () => {
  const order = (fulfilmentStatus, more = {}) => ({ status: 'complete', paymentStatus: 'paid', fulfilmentStatus, total: 40, ...more });
  const payment = { marks: [], refunded: 0 };
  assert.equal(doubtOf(order('none'), payment), null);
  assert.deepEqual(['none', 'confirmed', 'shipped', 'delivered'].map((at) => nextOf(order(at), payment)), ['confirm', 'ship', 'deliver', 'return']);

  const doubts = { disputed: [{}, { ...payment, marks: ['disputed'] }], lost: [{ lost: 30 }, { ...payment, refunded: 10 }], unknown: [{}, undefined] };
  for (const [doubt, [more, stands]] of Object.entries(doubts)) {
    assert.equal(doubtOf(order('none', more), stands), doubt);
    assert.ok(DOUBTS[doubt]);
    assert.deepEqual(['none', 'confirmed', 'shipped', 'delivered'].map((at) => nextOf(order(at, more), stands)), [null, null, 'deliver', null]);
    assert.deepEqual(actions(order('confirmed', more), stands), doubt === 'lost' ? ['call-off'] : ['ship']);
  }
  assert.equal(doubtOf(order('none', { lost: 5 }), payment), 'partly-lost');
  assert.equal(nextOf(order('none', { lost: 5 }), payment), 'confirm');
});

test('an order of whose money nothing is left can be called off until it is sent, and nothing else', () => {
  const order = (fulfilmentStatus, lost) => ({ status: 'complete', paymentStatus: 'paid', fulfilmentStatus, total: 40, lost });
  for (const payment of [{ marks: ['lost'], refunded: 10 }, { marks: ['lost', 'disputed'], refunded: 10 }]) {
    assert.deepEqual(['none', 'confirmed', 'shipped', 'delivered', 'returned'].map((at) => actions(order(at, 30), payment)), [['call-off'], ['call-off'], ['deliver'], ['return'], []]);
    assert.deepEqual(actions(order('none', 29.99), payment), ['confirm']);
    assert.equal(nextOf(order('none', 30), payment), null);
  }
  assert.deepEqual(actions(order('none', 40), undefined), ['call-off']);
  assert.deepEqual(actions(order('none', undefined), { marks: [], refunded: 0 }), ['confirm']);
});

test('an order that nobody has paid is asked the payment for, whatever is known of that', () => {
  assert.equal(nextOf({ status: 'created', paymentStatus: 'awaiting', total: 40 }, null), 'request');
  assert.equal(nextOf({ status: 'created', paymentStatus: 'awaiting', total: 40 }, undefined), 'request');
  assert.equal(nextOf({ status: 'created', paymentStatus: 'authorized', total: 40 }, null), null);
});

test('what came back already is not asked for again', () => {
  const items = [
    { productId: 'p1', title: 'Vase', quantity: 3 },
    { productId: 'p2', title: 'Mug', quantity: 1 },
  ];
  const returned = [
    { productId: 'p1', quantity: 1 },
    { productId: 'p2', quantity: 1 },
  ];
  assert.deepEqual(leftOf({ items, returned }), [{ productId: 'p1', title: 'Vase', quantity: 2 }]);
});

test('a shipment is sent with all that is asked of it, or not at all', () => {
  const said = (carrier, tracking) => new Map(Object.entries({ carrier, tracking }));
  assert.deepEqual(shipmentOf(said(' DHL ', '12')), { body: { carrier: 'DHL', tracking: '12' }, wrong: [] });
  assert.deepEqual(shipmentOf(said('DHL', '  ')).wrong.map(({ field }) => field), ['tracking']);
  assert.deepEqual(shipmentOf(said('', '')).wrong.map(({ field }) => field), ['carrier', 'tracking']);
});

test('of goods that came back only those are sent that did', () => {
  const order = { items: [{ productId: 'p1', title: 'Vase', quantity: 3 }, { productId: 'p2', title: 'Mug', quantity: 1 }] };
  const said = (more) => new Map(Object.entries({ 'back-p1': '0', 'back-p2': '0', reason: 'damaged', ...more }));
  assert.deepEqual(backOf(order, said({ 'back-p2': '1', restock: 'on' })), {
    body: { items: [{ productId: 'p2', quantity: 1 }], reason: 'damaged', restock: true },
    wrong: [],
  });
  assert.equal(backOf(order, said({ 'back-p1': '2' })).body.restock, false);
  assert.deepEqual(backOf(order, said({})).wrong.map(({ field }) => field), ['back-p1']);
});

test('who did something is named as the operator knows them', () => {
  const who = { buyer: '0195-aa', me: '0195-bb' };
  assert.equal(actor('0195-aa', who), 'the buyer');
  assert.equal(actor('0195-bb', who), 'you');
  assert.equal(actor('numbers', who), 'the shop');
  assert.equal(actor('0195-c1c2c3', who), 'person c1c2c3');
});

test('days without a sale are there too, over the ends of months', () => {
  const days = daysOf([sold('2026-03-01'), sold('2026-03-01', { currency: 'EUR' })], 'USD', '2026-02-27', '2026-03-02');
  assert.deepEqual(
    days.map(({ day, revenue }) => [day, revenue]),
    [
      ['2026-02-27', 0],
      ['2026-02-28', 0],
      ['2026-03-01', 10],
      ['2026-03-02', 0],
    ],
  );
  assert.equal(nextDay('2026-03-01', -1), '2026-02-28');
});

test('sums are made in whole cents', () => {
  const days = [sold('a', { revenue: 0.1 }), sold('b', { revenue: 0.2 })];
  assert.equal(total(days, 'revenue'), 0.3);
  assert.equal(count(days, 'units'), 4);
});

test('products are ordered by what they earned in all, under their last title', () => {
  const items = [
    sold('1', { productId: 'a', title: 'Old', revenue: 5 }),
    sold('2', { productId: 'a', title: 'New', revenue: 7.5 }),
    sold('2', { productId: 'b', title: 'Mug', revenue: 12 }),
    sold('3', { productId: 'b', title: null, units: 0, revenue: 0, returned: 1 }),
  ];
  assert.deepEqual(bestProducts(items, 'USD'), [
    { productId: 'a', title: 'New', units: 4, returned: 0, revenue: 12.5 },
    { productId: 'b', title: 'Mug', units: 2, returned: 1, revenue: 12 },
  ]);
});

test('no bar is higher than its box, and the box has a round height', () => {
  assert.deepEqual([0, 1, 11, 24, 260, 999].map(ceiling), [1, 1, 20, 25, 500, 1000]);
  const [low, high] = bars([sold('a', { revenue: 25 }), sold('b', { revenue: 100, refunds: 500 })], { width: 100, height: 50 });
  assert.equal(low.height, 12.5);
  assert.equal(high.height, 50);
  assert.equal(high.back, 50);
  assert.ok(high.x + high.width <= 100);
});
