/** What an operator looks for and what may be done with an order. Pure: the page only draws what is said here. */
import { now } from '../lib/clock.js';
import { cents } from '../lib/money.js';
import { pageOf } from './rows.js';

export const STATUS = { created: 'Created', complete: 'Complete', cancelled: 'Cancelled' };

export const PAYMENT = {
  awaiting: 'Awaiting payment',
  authorized: 'Authorised',
  paid: 'Paid',
  'partially-refunded': 'Partly refunded',
  refunded: 'Refunded',
};

export const FULFILMENT = {
  none: 'To be confirmed',
  confirmed: 'To be shipped',
  shipped: 'On its way',
  delivered: 'Delivered',
  returned: 'Returned',
};

/** The lists that operators work with, each by the states of the orders in it. */
export const LISTS = [
  { id: 'all', name: 'All', filter: {} },
  { id: 'awaiting', name: 'Awaiting payment', filter: { status: 'created', paymentStatus: 'awaiting' } },
  { id: 'capture', name: 'To capture', filter: { status: 'created', paymentStatus: 'authorized' } },
  { id: 'confirm', name: 'To confirm', filter: { status: 'complete', fulfilmentStatus: 'none' } },
  { id: 'ship', name: 'To ship', filter: { status: 'complete', fulfilmentStatus: 'confirmed' } },
  { id: 'shipped', name: 'On their way', filter: { status: 'complete', fulfilmentStatus: 'shipped' } },
  { id: 'delivered', name: 'Delivered', filter: { status: 'complete', fulfilmentStatus: 'delivered' } },
  { id: 'returned', name: 'Returned', filter: { status: 'complete', fulfilmentStatus: 'returned' } },
  { id: 'cancelled', name: 'Cancelled', filter: { status: 'cancelled' } },
];

const NUMBER = /^(?:b-?(?<marked>\d{4})-?|(?<year>\d{4})-|)(?<position>\d{1,15})$/i;

/**
 * What somebody has typed: an order's number in any form that people write it in, or whose orders. Without a year it is
 * one of this year's.
 */
export function wanted(typed, thisYear = new Date(now()).getUTCFullYear()) {
  const text = typed.trim();
  if (text === '') return {};
  const { marked, year = marked ?? thisYear, position } = NUMBER.exec(text)?.groups ?? {};
  return position ? { number: `B-${year}-${position.replace(/^0+/, '').padStart(6, '0')}` } : { userId: text };
}

/** That nothing was found, of what, and what could have been meant. */
export function notFound(typed = '', what) {
  const { number, userId } = wanted(typed);
  if (number) return `There is no ${what} of the number ${number}.`;
  return userId ? `There is no such ${what}. Numbers look like B-2026-000123.` : `There is no such ${what}.`;
}

/** The days are those of whoever looks; the shop keeps its time in UTC. */
export function query({ list = 'all', typed = '', from = '', to = '' }, page) {
  const { filter } = LISTS.find(({ id }) => id === list) ?? LISTS[0];
  return pageOf({ ...filter, ...wanted(typed), ...time('from', from, 0), ...time('to', to, 1) }, page);
}

function time(name, day, daysLater) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return {};
  const [year, month, date] = day.split('-').map(Number);
  return { [name]: new Date(year, month - 1, date + daysLater).toISOString() };
}

/** What an operator may do next; the first is what is usually next. Of whose money nothing is left is not sent. */
export function actions(order, payment) {
  const { status, paymentStatus, fulfilmentStatus } = order;
  if (status === 'created') return paymentStatus === 'authorized' ? ['cancel'] : ['request', 'cancel'];
  if (status !== 'complete') return [];
  if (isUnsent(order) && isGone(order, payment)) return ['call-off'];
  return { none: ['confirm'], confirmed: ['ship'], shipped: ['deliver'], delivered: ['return'] }[fulfilmentStatus] ?? [];
}

const isUnsent = ({ fulfilmentStatus }) => ['none', 'confirmed'].includes(fulfilmentStatus);

const isGone = ({ lost = 0, total }, payment) =>
  lost > 0 && cents(lost) + cents(payment?.refunded ?? 0) >= cents(total);

/**
 * What is to be known of its money before any goods go out: the payment is as operators read it, null where there is
 * none, and undefined where it could not be read.
 */
export function doubtOf(order, payment) {
  if (payment === undefined) return 'unknown';
  if (payment?.marks.includes('disputed')) return 'disputed';
  if ((order.lost ?? 0) === 0) return null;
  return isGone(order, payment) ? 'lost' : 'partly-lost';
}

export const DOUBTS = {
  unknown: 'How its payment stands could not be read. Open it again before any goods go out.',
  disputed: 'The payer has told their bank that the charge is wrong. Goods that go out now may never be paid for.',
  lost: 'A dispute is lost: the bank has given the money back to the payer, and nobody pays for these goods. What was not sent is not sent any more, and can be called off.',
  'partly-lost': 'A dispute is lost: the bank has given a part of the money back to the payer.',
};

/** What is most sensibly done now: nothing that ends an order, nor sends goods or money to who may not have paid. */
export function nextOf(order, payment) {
  const [first = null] = actions(order, payment);
  const isHeldBack = ['unknown', 'disputed', 'lost'].includes(doubtOf(order, payment)) && first !== 'deliver';
  return first === 'cancel' || (order.status === 'complete' && isHeldBack) ? null : first;
}

/** Whether the payment is worth a word: nobody waits for that of a cancelled order. */
export const isAbout = ({ status, paymentStatus }) => status !== 'cancelled' || paymentStatus !== 'awaiting';

/** What is still with the buyer, by product. */
export function leftOf({ items, returned = [] }) {
  const back = new Map(returned.map(({ productId, quantity }) => [productId, quantity]));
  return items
    .map(({ productId, title, quantity }) => ({ productId, title, quantity: quantity - (back.get(productId) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}

/** Of what was written in the form of a shipment what is sent, or what is missing. */
export function shipmentOf(said) {
  const body = { carrier: said.get('carrier').trim(), tracking: said.get('tracking').trim() };
  const missing = Object.keys(body).filter((field) => body[field] === '');
  return { body, wrong: missing.map((field) => ({ field, message: 'Please write this.' })) };
}

/** The same of goods that came back. */
export function backOf(order, said) {
  const left = leftOf(order);
  const items = left
    .map(({ productId }) => ({ productId, quantity: Number(said.get(`back-${productId}`)) }))
    .filter(({ quantity }) => quantity > 0);
  const wrong = items.length > 0 ? [] : [{ field: `back-${left[0].productId}`, message: 'Please say how many came back.' }];
  return { body: { items, reason: said.get('reason'), restock: said.get('restock') === 'on' }, wrong };
}

const EVENTS = {
  'checkout.started': 'Checkout begun',
  'order.created': 'Placed',
  'order.numbered': 'Numbered',
  'order.change-started': 'Change begun',
  'order.changed': 'Changed',
  'order.change-failed': 'Change not possible',
  'order.payment-begun': 'Payment begun',
  'order.authorized': 'Payment authorised',
  'order.held': 'Placed on held money',
  'order.payment-failed': 'Payment failed',
  'order.paid': 'Paid',
  'order.completed': 'Complete',
  'order.cancelled': 'Cancelled',
  'order.refund-owed': 'Money is owed back',
  'order.refunded': 'Refunded',
  'order.refund-reversed': 'A refund has failed',
  'order.payment-lost': 'A dispute is lost',
  'order.called-off': 'Called off',
  'order.confirmed': 'Confirmed',
  'order.shipped': 'Shipped',
  'order.delivered': 'Delivered',
  'order.returned': 'Goods came back',
};

export const eventName = (type) => EVENTS[type] ?? type;

/** Who did it: a room of the shop, the buyer, this operator, or another person. */
export function actor(by, { buyer, me }) {
  if (by === buyer) return 'the buyer';
  if (by === me) return 'you';
  return /^[a-z-]+$/.test(by) ? 'the shop' : `person ${by.slice(-6)}`;
}
