import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ACCOUNTS, KINDS, ago, amounts, balances, behind, compared, mayClose, since, stands, verdict, wrongReason } from '../console/books.js';

const NOON = Date.parse('2026-03-01T12:00:00Z');
const contract = readFileSync(new URL('../../verticles/gateway/src/main/resources/openapi.yaml', import.meta.url), 'utf8');

test('every kind that the contract knows has its words', () => {
  const [, list] = /\n {4}Discrepancy:\n[\s\S]*?kind:\n\s+enum:\n((?:\s+- [\w-]+\n)+)/.exec(contract);
  const kinds = [...list.matchAll(/- ([\w-]+)/g)].map(([, kind]) => kind);
  assert.ok(kinds.length > 20);
  assert.deepEqual(Object.keys(KINDS).toSorted(), kinds.toSorted());
});

test('every account has a name that people know it by', () => {
  const accounts = readFileSync(new URL('../../verticles/payments/src/main/java/boutique/payments/Account.java', import.meta.url), 'utf8');
  const names = [...accounts.matchAll(/^ {2}[A-Z]+\("(\w+)"\)/gm)].map(([, name]) => name);
  assert.ok(names.length > 3);
  assert.deepEqual(Object.keys(ACCOUNTS).toSorted(), names.toSorted());
});

test('a comparison that stands still is late, and one that never was is none', () => {
  assert.equal(compared({ comparedAt: null }, NOON), null);
  assert.deepEqual(compared({ comparedAt: '2026-03-01T11:59:30Z' }, NOON), { age: 30_000, isLate: false });
  assert.equal(compared({ comparedAt: '2026-03-01T11:30:00Z' }, NOON).isLate, true);
  assert.equal(compared({ comparedAt: '2026-03-01T12:00:30Z' }, NOON).age, 0);
});

test('how long ago something was is said as roughly as people do', () => {
  const said = [0, 45_000, 60_000, 130_000, 3_600_000, 200_000_000].map(ago);
  assert.deepEqual(said, ['just now', '45 seconds ago', '1 minute ago', '2 minutes ago', '1 hour ago', '2 days ago']);
});

test('the trial balance is right only where every currency adds up, and the provider says the same', () => {
  const right = { provider: 40, orders: -40, sum: 0, difference: 0 };
  assert.equal(verdict({}), 'nothing');
  assert.equal(verdict({ trialBalance: { USD: right, EUR: { ...right, difference: undefined } } }), 'right');
  assert.equal(verdict({ trialBalance: { USD: right, EUR: { ...right, sum: 0.01 } } }), 'sum');
  assert.equal(verdict({ trialBalance: { USD: right, EUR: { ...right, difference: -5 } } }), 'difference');
});

test('every account is shown, also an empty one and one that is new', () => {
  const [{ accounts }] = balances({ trialBalance: { USD: { provider: 40, orders: -40, other: 1, sum: 0 } } });
  assert.deepEqual(accounts, [
    { account: 'provider', amount: 40 },
    { account: 'orders', amount: -40 },
    { account: 'refunding', amount: 0 },
    { account: 'surplus', amount: 0 },
    { account: 'disputes', amount: 0 },
    { account: 'other', amount: 1 },
  ]);
  assert.deepEqual(amounts({ USD: 0, EUR: 3 }), [{ currency: 'EUR', amount: 3 }]);
});

test('a book that is far behind is named, and one never gone through first of all', () => {
  const report = {
    startedAt: '2026-03-01T12:00:00Z',
    comparedUntil: { charges: '2026-03-01T11:59:00Z', payments: '2026-03-01T10:00:00Z', returns: null },
  };
  assert.deepEqual(behind(report).map(({ book }) => book), ['returns', 'payments']);
});

test('a line is closed with a reason, and not while the shop still puts it right', () => {
  assert.ok(wrongReason(' \n'));
  assert.ok(wrongReason('x'.repeat(501)));
  assert.equal(wrongReason(' It is the booking office’s. '), null);
  assert.equal(mayClose({ state: 'open', repairedByItself: false }), true);
  assert.equal(mayClose({ state: 'open', repairedByItself: true }), false);
  assert.equal(mayClose({ state: 'closed', repairedByItself: false }), false);
});

test('a line that was closed counts no more from then on, and one that was opened again does', () => {
  const report = { startedAt: 'a', found: 3, counted: 2, closed: 1, unreconciledAmount: { USD: 50.3 } };
  const line = { counts: true, currency: 'USD', amount: 40.1 };
  const closed = since(report, [{ startedAt: 'a', deed: 'close', line }]);
  assert.deepEqual(closed, { startedAt: 'a', found: 2, counted: 1, closed: 2, unreconciledAmount: { USD: 10.2 } });
  assert.deepEqual(since(closed, [{ startedAt: 'a', deed: 'reopen', line }]), report);

  const young = since(report, [{ startedAt: 'a', deed: 'close', line: { ...line, counts: false } }]);
  assert.deepEqual([young.found, young.counted, young.unreconciledAmount.USD], [2, 2, 50.3]);
  assert.equal(since(report, [{ startedAt: 'earlier', deed: 'close', line }]), report);
});

test('who closes what somebody has closed already is told whose reason stands', () => {
  const closing = { by: '0195-aa11bb22', reason: 'It was a test.' };
  assert.equal(stands({ closing }, 'It was a test.', '0195-cc'), null);
  assert.match(stands({ closing }, 'Another.', '0195-cc'), /by person 11bb22: “It was a test.” That reason stands/);
  assert.match(stands({ closing }, 'Another.', '0195-aa11bb22'), /by you/);
});
