import test from 'node:test';
import assert from 'node:assert/strict';
import { MOST_WATCHED, PAGE, counted, howMany, pageOf, readRows, stillAt } from '../console/rows.js';
import { addressOf, routeOf } from '../console/routes.js';

const ids = (...names) => names.map((id) => ({ id }));

/** A shop with so many rows, that answers no more than `most` at once, and notes what it is asked. */
function shop(rows, most = 100) {
  const asked = [];
  const all = Array.from({ length: rows }, (_, n) => ({ id: `r${n}` }));
  return {
    asked,
    async ask({ cursor, limit }) {
      asked.push(limit);
      const from = Number(cursor ?? 0);
      const to = Math.min(rows, from + Math.min(limit, most));
      return { items: all.slice(from, to), nextCursor: to < rows ? String(to) : null };
    },
  };
}

test('rows are read on until there are as many as were wanted, or no more', async () => {
  const many = shop(1000);
  const { items, cursor } = await readRows(many.ask, 250);
  assert.deepEqual([items.length, items.at(-1).id, cursor], [250, 'r249', '250']);
  assert.deepEqual(many.asked, [100, 100, 50]);

  const few = await readRows(shop(30).ask, 250);
  assert.deepEqual([few.items.length, few.cursor], [30, null]);
  assert.deepEqual(await readRows(shop(0).ask, PAGE), { items: [], cursor: null });
});

test('what is read behind a row begins there, and doubles nothing', async () => {
  const { ask } = shop(60);
  const first = await readRows(ask, PAGE);
  const second = await readRows(ask, PAGE, first.cursor);
  const third = await readRows(ask, PAGE, second.cursor);
  const read = [...first.items, ...second.items, ...third.items].map(({ id }) => id);
  assert.deepEqual([read.length, new Set(read).size, third.cursor], [60, 60, null]);
});

test('a page that is not full is no end, and one that is empty is', async () => {
  assert.equal((await readRows(shop(40, 10).ask, PAGE)).items.length, PAGE);
  let asked = 0;
  const nothing = await readRows(async () => ({ items: [], nextCursor: String(++asked) }), PAGE);
  assert.deepEqual([asked, nothing], [1, { items: [], cursor: '1' }]);
});

test('all rows that are watched are read with few questions', async () => {
  const { ask, asked } = shop(5000);
  await readRows(ask, MOST_WATCHED);
  assert.ok(asked.length <= 5);
});

test('a list that cannot be read to its end is not half read', async () => {
  const { ask } = shop(300);
  const breaks = (page) => (page.cursor === null ? ask(page) : Promise.reject(new Error('away')));
  await assert.rejects(readRows(breaks, 200), /away/);
});

test('who was at a row stays there, and when it is gone is at the one that has its place', () => {
  const before = ids('d', 'c', 'b', 'a');
  assert.equal(stillAt('c', before, ids('e', 'd', 'c')), 'c');
  assert.equal(stillAt('c', before, ids('d', 'b', 'a')), 'b');
  assert.equal(stillAt('a', before, ids('d', 'c', 'b')), 'b');
  assert.equal(stillAt('a', before, []), null);
  assert.equal(stillAt(null, before, before), null);
});

test('how many there are is said only as far as it is known', () => {
  assert.deepEqual([howMany(ids('a', 'b'), null), howMany(ids('a', 'b'), 'b')], ['2 in all', 'The first 2']);
});

test('a badge counts all lists that it tells of, and says when there are more', () => {
  const none = { count: 0, more: false };
  assert.equal(counted([]), '');
  assert.equal(counted([none, none]), '');
  assert.equal(counted([{ count: 2, more: false }, none]), '2');
  assert.equal(counted([{ count: 2, more: false }, { count: 100, more: true }]), '102+');
});

test('a page is asked for behind a cursor only when there is one', () => {
  assert.equal(pageOf({ status: 'paid' }), 'status=paid&limit=25');
  assert.equal(pageOf({}, { cursor: 'a b', limit: 50 }), 'cursor=a+b&limit=50');
});

test('an address leads to a view and to what is open in it; any other to the orders', () => {
  const led = (hash) => [routeOf(hash).view, routeOf(hash).id];
  assert.deepEqual(led('#/payments'), ['payments', null]);
  assert.deepEqual(led('#/payments/0195f3c2-8a1b'), ['payments', '0195f3c2-8a1b']);
  assert.deepEqual(led('#/payments/0195f3c2-8a1b?list=held'), ['payments', '0195f3c2-8a1b']);
  assert.deepEqual(led('#/books/0195'), ['books', null]);
  for (const hash of ['', '#/', '#/nothing', '#/constructor', '#/payments/a/b', '#/payments/"><b>', `#/payments?${'a'.repeat(600)}`]) {
    assert.deepEqual(led(hash), ['orders', null]);
  }
  assert.equal(addressOf('payments', 'a1'), '#/payments/a1');
  assert.deepEqual(led(addressOf('orders')), ['orders', null]);
});

test('what is looked for stands in the address, and comes out of it as it went in', () => {
  const wanted = { list: 'ship', typed: 'Zoë & co=1 ?#', from: '2026-03-01' };
  const address = addressOf('orders', 'a1', wanted);
  assert.deepEqual(routeOf(address).wanted, wanted);
  assert.equal(routeOf(address).id, 'a1');
  assert.equal(addressOf('orders', null, { list: 'all', typed: '', from: '' }), '#/orders?list=all');
});

test('who says nothing is shown what is usually looked for, under one and the same address', () => {
  assert.deepEqual(routeOf('#/orders').wanted, { list: 'confirm' });
  assert.deepEqual(routeOf('#/payments').wanted, { list: 'all' });
  for (const [bare, said] of [['#/orders', '#/orders?list=confirm'], ['#/books', '#/books?list=open']]) {
    assert.deepEqual(routeOf(bare), routeOf(said));
  }
  assert.deepEqual(routeOf('#/orders?list=ship').wanted, { list: 'ship' });
});
