/** How it is told to operators whether the books agree. Pure: the page only draws what is said here. */
import { cents } from '../lib/money.js';
import { actor } from './order-book.js';

export const KINDS = {
  'charge-without-payment': 'A charge of nobody’s',
  'payment-without-charge': 'A payment without a charge',
  'amount-differs': 'Another amount',
  'currency-differs': 'Another currency',
  'mode-differs': 'Test money for real, or real for test',
  'charged-twice': 'Charged twice',
  'charge-unrecorded': 'A charge that is not written down',
  'refund-unrecorded': 'A refund that is not written down',
  'refund-missing': 'A refund that the provider does not have',
  'refund-failed': 'A refund has failed',
  'surplus-failed': 'A second charge could not go back',
  disputed: 'Disputed by the payer',
  'verdict-differs': 'A dispute was decided otherwise',
  'refund-denied': 'A refund was refused',
  'refund-due': 'A refund that is due',
  'refund-unnoted': 'A refund that the order does not know',
  'order-incomplete': 'Paid, and not complete',
  'order-missing': 'Money for an order that does not exist',
  'order-unpaid': 'Counts as paid, and is not',
  'order-held': 'Waits for money that is held no more',
  'hold-left': 'Money is held that nobody takes',
  'hold-gone': 'The held money is gone',
  'hold-unknown': 'Money is held for nobody',
  'payment-stuck': 'No answer from the provider',
  'notice-unheard': 'A message about a payment of nobody’s',
};

export const ACCOUNTS = {
  provider: 'With the provider',
  orders: 'Brought by orders',
  refunding: 'On its way back',
  surplus: 'Second charges',
  disputes: 'Lost in disputes',
};

export const BOOKS = {
  unsettled: 'What has no answer yet',
  charges: 'The provider’s charges',
  returns: 'The provider’s refunds',
  disputes: 'The provider’s disputes',
  payments: 'Recent payments',
  allPayments: 'All payments',
};

/** Beyond this the comparison stands still: it is made every minute, unless somebody has said otherwise. */
const LATE = 10 * 60_000;

/** How old the last comparison is, and whether that is too old; null when there was none. */
export function compared({ comparedAt }, now) {
  if (!comparedAt) return null;
  const age = Math.max(0, now - Date.parse(comparedAt));
  return { age, isLate: age > LATE };
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago, as roughly as a person would say it. */
export function ago(age) {
  const [unit, span] = UNITS.find(([, least]) => age >= least) ?? ['second', 1000];
  const count = Math.floor(age / span);
  if (unit === 'second') return count < 20 ? 'just now' : `${count} seconds ago`;
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

/** Per currency the accounts with what is in them, whether they add up, and how far the provider's own books are off. */
export function balances({ trialBalance = {} }) {
  return Object.entries(trialBalance).map(([currency, { sum = 0, difference = null, ...accounts }]) => ({
    currency,
    accounts: Object.keys({ ...ACCOUNTS, ...accounts }).map((account) => ({ account, amount: accounts[account] ?? 0 })),
    sum,
    difference,
  }));
}

/** One word for all currencies: that they do not add up, that the provider says something else, or that all is right. */
export function verdict(report) {
  const all = balances(report);
  if (all.length === 0) return 'nothing';
  if (all.some(({ sum }) => sum !== 0)) return 'sum';
  return all.some(({ difference }) => (difference ?? 0) !== 0) ? 'difference' : 'right';
}

/**
 * The report of the last round with what was decided since: a line that was closed counts no more, and the next round
 * says so too. What a decision was made on is the round that was shown then; any other has its own figures.
 */
export function since(report, decisions) {
  return decisions.filter(({ startedAt }) => startedAt === report.startedAt).reduce(decided, report);
}

function decided(report, { deed, line: { counts, currency, amount } }) {
  const by = deed === 'close' ? 1 : -1;
  const { found = 0, counted = 0, closed = 0, unreconciledAmount = {} } = report;
  const left = (cents(unreconciledAmount[currency] ?? 0) - by * cents(amount)) / 100;
  return {
    ...report,
    found: found - by,
    closed: closed + by,
    ...(counts && { counted: counted - by, unreconciledAmount: { ...unreconciledAmount, [currency]: left } }),
  };
}

/** Amounts by currency, without those of nothing. */
export const amounts = (byCurrency = {}) =>
  Object.entries(byCurrency)
    .filter(([, amount]) => amount !== 0)
    .map(([currency, amount]) => ({ currency, amount }));

/** The books that are far behind the moment when the last comparison began, the farthest first. */
export function behind({ startedAt, comparedUntil = {} }) {
  return Object.entries(comparedUntil)
    .map(([book, until]) => ({ book, until, age: until === null ? Infinity : Date.parse(startedAt) - Date.parse(until) }))
    .filter(({ age }) => age > LATE)
    .toSorted((a, b) => b.age - a.age);
}

/** The lists of what does not agree. That of the closed ones is only there when there are any. */
export const LISTS = [
  { id: 'open', name: 'To be seen to' },
  { id: 'closed', name: 'Closed' },
];

/** A reason may be as long as this, and is more than blanks. */
export const LONGEST_REASON = 500;

export function wrongReason(text) {
  const said = text.trim();
  if (said === '') return 'Please write why.';
  return said.length > LONGEST_REASON ? `Please say it in ${LONGEST_REASON} characters.` : null;
}

/** That somebody was faster, and whose reason it is that stands; null where it is the one that was just written. */
export function stands({ closing }, reason, me) {
  if (!closing || closing.reason === reason) return null;
  return `It was closed already, by ${actor(closing.by, { me })}: “${closing.reason}” That reason stands.`;
}

/** Whether somebody can say that nothing is to be done: not while the shop still tries by itself. */
export const mayClose = ({ state, repairedByItself }) => state === 'open' && !repairedByItself;
