/** How payments are told to operators, and what may be done with them. Pure: the page only draws what is said here. */
import { cents, formatMoney, parseMoney } from '../lib/money.js';
import { wanted as order } from './order-book.js';
import { pageOf } from './rows.js';

export const STATUS = {
  open: 'To be paid',
  processing: 'Being asked for',
  'action-required': 'Waits for the buyer',
  authorized: 'Held',
  capturing: 'Being taken',
  cancelling: 'Being called off',
  paid: 'Paid',
  'partially-refunded': 'Partly refunded',
  refunded: 'Refunded',
  failed: 'Declined',
  cancelled: 'Called off',
};

/** What a state means as long as nothing has come between; see `means`. */
export const MEANS = {
  open: 'The buyer can pay. Nothing was charged so far.',
  processing: 'The provider is being asked. Nothing can be done until it has answered.',
  'action-required': 'The buyer has to prove to their bank who they are. Nothing was charged so far.',
  authorized: 'The money is held on the card, and not ours yet. Take it, or let it go.',
  capturing: 'The held money is being taken. Nothing can be done until the provider has answered.',
  cancelling: 'It is being called off. Nothing can be done until the provider has answered.',
  paid: 'The money is ours.',
  'partially-refunded': 'A part of the money went back to the buyer.',
  refunded: 'All of the money went back to the buyer.',
  failed: 'Nothing was charged. While the order can be paid, the buyer may try again.',
  cancelled: 'It was called off, and nothing is held or charged.',
};

/** What somebody who has opened it should know first: what banks have taken, or what is on its way back, before the state. */
export function means(payment) {
  const left = leftCents(payment);
  const lost = cents(payment.lost);
  const onItsWay = sum(payment.refunds.filter(({ status }) => ['asked', 'pending'].includes(status)));
  const say = (some) => formatMoney(some / 100, payment.currency);
  if (lost > 0) {
    const rest = left > 0 ? `${say(left)} of it is still ours.` : 'Nothing of it is ours any more.';
    return `After a dispute the bank has given ${say(lost)} back to the payer. ${rest}`;
  }
  if (onItsWay > 0) {
    const rest = left > 0 ? `${say(left)} of it stays with us.` : 'Nothing of it stays with us.';
    return `${say(onItsWay)} is on its way back to the buyer. ${rest}`;
  }
  const owed = failedCents(payment);
  return owed > 0 && left > 0 ? `The money was taken, and ${say(owed)} of it is still to go back to the buyer.` : MEANS[payment.status];
}

/** What somebody has to do about it beside what is offered here, each in a sentence or two. */
export function warnings(payment, facts, isElsewhere = false) {
  const failed = failedCents(payment);
  return [
    isElsewhere &&
      'It was made with another provider than is in use now, or in its other mode. See to it at that provider’s own desk.',
    disputes(facts).some(isOpen) &&
      'The payer has told their bank that this charge is wrong. Answer it at the provider’s own desk, in time. What is given back here meanwhile may go back twice.',
    cents(payment.lost) > 0 &&
      'What the bank has given back is gone: do not give it back once more. See to it that goods which have not gone out stay here.',
    failed > 0 &&
      leftCents(payment) > 0 &&
      `${formatMoney(failed / 100, payment.currency)} should have gone back to the buyer and did not: the provider has it. Give it back again, or pay the buyer in another way.`,
  ].filter(Boolean);
}

const failedCents = ({ refunds }) => sum(refunds.filter(({ status }) => status === 'failed'));

const sum = (some) => some.reduce((all, { amount }) => all + cents(amount), 0);

export const MARKS = { disputed: 'Disputed', lost: 'Lost', refunding: 'Refund under way', 'refund-failed': 'Refund has failed' };

/** The lists that operators work with. */
export const LISTS = [
  { id: 'all', name: 'All', filter: {} },
  { id: 'held', name: 'Held', filter: { status: 'authorized' } },
  { id: 'paid', name: 'Paid', filter: { status: 'paid' } },
  { id: 'disputed', name: 'Disputed', filter: { mark: 'disputed' } },
  { id: 'lost', name: 'Lost', filter: { mark: 'lost' } },
  { id: 'refunding', name: 'Refunds under way', filter: { mark: 'refunding' } },
  { id: 'refund-failed', name: 'Failed refunds', filter: { mark: 'refund-failed' } },
  { id: 'partly', name: 'Partly refunded', filter: { status: 'partially-refunded' } },
  { id: 'refunded', name: 'Refunded', filter: { status: 'refunded' } },
  { id: 'waiting', name: 'Waiting for the buyer', filter: { status: 'action-required' } },
  { id: 'declined', name: 'Declined', filter: { status: 'failed' } },
  { id: 'cancelled', name: 'Called off', filter: { status: 'cancelled' } },
];

/** What was typed is the number of an order in any form that people write it in, or its id. */
export function query({ list = 'all', typed = '' }, page) {
  const { number, userId: id } = order(typed);
  const { filter } = LISTS.find((one) => one.id === list) ?? LISTS[0];
  return number ?? id ? new URLSearchParams({ order: number ?? id }).toString() : pageOf(filter, page);
}

/** What is neither back, nor on its way back, nor lost to the payer's bank, in whole cents. */
export function leftCents({ status, amount, refunds, lost }) {
  if (!['paid', 'partially-refunded', 'refunded'].includes(status)) return 0;
  const gone = refunds.filter((one) => ['asked', 'pending', 'done'].includes(one.status));
  return Math.max(0, cents(amount) - sum(gone) - cents(lost)); // what was lost after it went back is gone twice
}

/** What may be done: nothing from here with what is in other books. */
export function actions(payment, isElsewhere = false) {
  if (isElsewhere) return [];
  switch (payment.status) {
    case 'authorized':
      return ['capture', 'cancel'];
    case 'open':
    case 'action-required':
    case 'failed':
      return ['cancel'];
    default:
      return leftCents(payment) > 0 ? ['refund'] : [];
  }
}

/** What is most sensibly done now; nothing that would pay somebody twice, or that the buyer may still make good. */
export function nextOf(payment, facts) {
  const [first = null] = actions(payment);
  const isDoubtful = disputes(facts).some(isOpen) || cents(payment.lost) > 0;
  return first === 'cancel' || isDoubtful ? null : first;
}

/** Whether the provider is being asked: what it says is known before long. What is pending takes days. */
export const isUnderWay = ({ status, refunds }) =>
  ['processing', 'capturing', 'cancelling'].includes(status) || refunds.some((one) => one.status === 'asked');

/** Of what was written in the form of a refund what is sent, or why not. */
export function refundOf(said, payment) {
  const left = leftCents(payment);
  const amount = parseMoney(said.get('amount'));
  const wrong = (message) => ({ wrong: [{ field: 'amount', message }] });
  if (amount === null) return wrong('Please write an amount such as 12.50.');
  if (cents(amount) === 0) return wrong('A refund is more than nothing.');
  if (cents(amount) > left) return wrong(`No more than ${formatMoney(left / 100, payment.currency)} can go back.`);
  const reason = said.get('reason');
  return { body: { amount, currency: payment.currency, ...(reason && { reason }) } };
}

/** What is done, in one sentence before, and in another on what has come of it, as far as that is known. */
export const DEEDS = {
  capture: {
    words: 'Take the money',
    sure: 'Yes, take it',
    tone: 'primary',
    will: ({ payment: { amount, currency } }) => `${formatMoney(amount, currency)} will be charged to the buyer's card; after that it can only be given back.`,
    done: ({ status }) => (status === 'paid' ? 'The money is ours.' : 'The money is being taken.'),
  },
  refund: {
    words: 'Give money back',
    sure: 'Yes, give it back',
    tone: 'danger',
    said: ({ payment }, said) => refundOf(said, payment),
    will({ payment }, said) {
      const { body } = refundOf(said, payment);
      if (!body) return '';
      const left = leftCents(payment) - cents(body.amount);
      const rest = left === 0 ? ', which is all that is left' : `, and ${formatMoney(left / 100, body.currency)} stay with us`;
      return `${formatMoney(body.amount, body.currency)} will go back to the buyer${rest}; it cannot be undone.`;
    },
    done: () => 'The money goes back.',
  },
  cancel: {
    words: 'Call it off',
    sure: 'Yes, call it off',
    tone: 'danger',
    will: ({ payment: { status, amount, currency } }) =>
      status === 'authorized'
        ? `The ${formatMoney(amount, currency)} that are held go free again, and the buyer is charged nothing.`
        : 'The payment is called off, and the buyer is charged nothing.',
    done: ({ status }) => (status === 'cancelled' ? 'Called off.' : 'It is being called off.'),
  },
};

export const REASONS = {
  'not-wanted': 'Not wanted',
  'wrong-item': 'Wrong item',
  damaged: 'Damaged',
  'not-delivered': 'Not delivered',
  'charged-twice': 'Charged twice',
  goodwill: 'Goodwill',
  other: 'Other',
};

export const REFUND = {
  asked: 'Asked for',
  pending: 'Under way',
  done: 'Given back',
  failed: 'Failed',
  replaced: 'Failed, asked for anew',
};

const EVENTS = {
  'payment.opened': 'Opened',
  'payment.requested': 'Asked for',
  'payment.challenged': 'The buyer was asked to prove who they are',
  'payment.authorized': 'Held',
  'payment.capture-requested': 'To be taken',
  'payment.created': 'Paid',
  'payment.failed': 'Declined',
  'payment.cancel-requested': 'To be called off',
  'payment.cancelled': 'Called off',
  'payment.refund-requested': 'Refund asked for',
  'payment.refund-pending': 'Refund under way',
  'payment.refunded': 'Given back',
  'payment.refund-failed': 'Refund refused',
  'payment.refund-reversed': 'Refund has come back',
  'payment.surplus-return-requested': 'A second charge is to go back',
  'payment.surplus-returned': 'A second charge went back',
  'payment.surplus-return-failed': 'A second charge could not go back',
  'payment.disputed': 'Disputed by the payer',
  'payment.dispute-closed': 'Dispute closed',
  'payment.lost': 'Money lost',
  'payment.charge-lost': 'A charge was lost that is not known here',
  'payment.key-renewed': 'Asked anew: the provider had done nothing',
  'payment.questioned': 'The provider says something that does not fit',
};

export const eventName = (type) => EVENTS[type] ?? type;

/** A reason as a person would say it; what is not known is told as it came. */
export function because(word) {
  if (word === null || word === undefined) return '';
  const known = { ...REASONS, operator: '', later: 'to be taken later', won: 'the money is ours', lost: 'the money is the payer’s' };
  return known[word] ?? (/^[a-z]+([_-][a-z]+)+$/.test(word) ? word.replaceAll(/[_-]/g, ' ') : word);
}

/** Each try at paying, with what came of it, the latest first. */
export function attempts(facts) {
  const tries = [];
  for (const { type, name, at, because: why } of facts) {
    if (type === 'payment.requested') tries.push({ method: name, at, later: why === 'later', became: 'asked', why: null });
    const last = tries.at(-1);
    const became = { 'payment.created': 'paid', 'payment.authorized': 'held', 'payment.failed': 'declined', 'payment.challenged': 'waits', 'payment.cancelled': 'cancelled' }[type];
    if (last && became) Object.assign(last, { became, why: became === 'declined' ? why : null });
  }
  return tries.toReversed();
}

export const BECAME = {
  asked: 'No answer yet',
  waits: 'Waits for the buyer',
  held: 'Held',
  paid: 'Paid',
  declined: 'Declined',
  cancelled: 'Called off',
};

/** Each dispute with how it stands, the latest first. */
export function disputes(facts) {
  const found = new Map();
  for (const { type, name, at, amount, currency, because: why } of facts) {
    if (type === 'payment.disputed') found.set(name, { name, at, amount, currency, why, status: 'open' });
    if (type === 'payment.dispute-closed') found.set(name, { ...found.get(name), name, amount, currency, status: why });
  }
  return [...found.values()].toReversed();
}

export const isOpen = ({ status }) => status === 'open';

export const DISPUTE = { open: 'Open', won: 'Won', lost: 'Lost' };

/** Why and when a refund was asked for. */
export function refundFacts(facts, id) {
  const asked = facts.find(({ type, name }) => type === 'payment.refund-requested' && name === id);
  return { at: asked?.at ?? null, why: asked?.because ?? null };
}

/** Where Stripe shows a charge of its own; null where it is another provider's, or the mode is not known. */
export function dashboard(name, live) {
  if (!/^(pi|ch|py)_\w+$/.test(name ?? '') || typeof live !== 'boolean') return null;
  return `https://dashboard.stripe.com/${live ? '' : 'test/'}payments/${name}`;
}

/** Whether what is told of it is older than it is: then it is asked for once more. */
export const isBehind = (facts, { version }) => facts.length > 0 && facts.at(-1).version < version;
