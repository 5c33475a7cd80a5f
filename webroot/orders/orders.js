import { beside } from '../payments/paying.js';

/**
 * What this page knows of the visitor's orders, as a fold of what it has read and heard: the mirror of `evolve` on the
 * server. Pure, so that lost, doubled and late messages can be tested like any other input.
 *
 * A message is applied only when it follows what we know (version + 1). Anything newer is not guessed: the order is
 * put into `wanted` with the version that we know to exist, until a read brings it.
 */
export const nothingKnown = {
  orders: new Map(),
  payments: new Map(),
  wanted: new Map(),
  nextCursor: null,
  loaded: false,
};

export function reduce(state, event) {
  switch (event.type) {
    case 'page.read':
      return { ...event.items.reduce(learn, state), nextCursor: event.nextCursor ?? null, loaded: true };
    case 'order.read':
      return learn(state, event.order);
    case 'order.missing':
      return { ...state, wanted: without(state.wanted, event.id) };
    case 'order.doubted':
      return doubt(state, event.id);
    case 'payment.stands':
      return stands(state, event.payment);
    default:
      return isFact(event) ? hear(state, event) : state;
  }
}

const isFact = (event) => typeof event.id === 'string' && Number.isInteger(event.version);

function learn(state, order) {
  const known = state.orders.get(order.id);
  if (known && known.version > order.version) return state;
  if (known?.number && !order.number) return keep(state, { ...order, number: known.number });
  return keep(state, order);
}

function hear(state, fact) {
  const known = state.orders.get(fact.id);
  if (known && fact.version <= known.version) return name(state, known, fact);
  if (known && fact.version === known.version + 1) return keep(state, { ...known, ...told(fact) });
  return want(state, fact.id, fact.version);
}

/** An order gets its number behind its version: it comes once, and is no change beside it. */
function name(state, known, { number }) {
  if (typeof number !== 'string' || known.number === number) return state;
  return { ...state, orders: new Map(state.orders).set(known.id, { ...known, number }) };
}

/** A message tells where an order stands, never what is in it. */
function told({ number, version, status, paymentStatus, fulfilmentStatus, cancelledBecause, captureUntil }) {
  const stages = { status, paymentStatus, fulfilmentStatus, cancelledBecause, captureUntil };
  const fields = { number: number ?? undefined, version, ...stages };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function doubt(state, id) {
  const known = state.orders.get(id);
  return known ? want(state, id, known.version + 1) : state;
}

function want(state, id, version) {
  if (state.wanted.get(id) >= version) return state;
  return { ...state, wanted: new Map(state.wanted).set(id, version) };
}

function keep(state, order) {
  const satisfied = state.wanted.get(order.id) <= order.version;
  return {
    ...state,
    orders: new Map(state.orders).set(order.id, order),
    wanted: satisfied ? without(state.wanted, order.id) : state.wanted,
  };
}

/** How far the payment of an order is: read, answered or heard, and never turned back by what comes late. */
function stands(state, { orderId, version, status }) {
  if (typeof orderId !== 'string' || !(version >= (state.payments.get(orderId)?.version ?? 0))) return state;
  return { ...state, payments: new Map(state.payments).set(orderId, { version, status }) };
}

function without(map, id) {
  const rest = new Map(map);
  rest.delete(id);
  return rest;
}

export const newestFirst = (state) =>
  [...state.orders.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));

/** The same, each with how far its payment is; without, where there is none. */
export const withPayments = (state) =>
  newestFirst(state).map((order) =>
    state.payments.has(order.id) ? { ...order, payment: state.payments.get(order.id).status } : order,
  );

export const isOpen = (order) => order.status === 'created';

/** Whether its goods are kept only as long as its time to pay runs: what money is held for is placed. */
export const isToPay = (order) => isOpen(order) && order.paymentStatus !== 'authorized';

export const countOpen = (state) => [...state.orders.values()].filter(isOpen).length;

/** The orders that both states know and whose status differs: what a visitor would want to be told. */
export function turned(state, before) {
  return [...state.orders.values()].filter(({ id, status }) => {
    const earlier = before.orders.get(id);
    return earlier !== undefined && earlier.status !== status;
  });
}

const PAYMENT = {
  authorized: 'Placed: your money is held, and we take it before it ships',
  paid: 'Paid',
  'partially-refunded': 'Partly refunded',
  refunded: 'Refunded',
};

const REASON = {
  user: 'You cancelled this order.',
  expired: 'It was not paid in time.',
  'payment-failed': 'The payment failed.',
  operator: 'The shop cancelled this order.',
};

/**
 * How an order stands, in words to be read beside it. Whose money was held when the time was up had done their part;
 * who has let go of that money, the order does not say.
 */
export function noteOf(order) {
  const { status, paymentStatus, cancelledBecause, captureUntil } = order;
  if (status !== 'cancelled') return paymentStatus === 'awaiting' ? beside(order) : (PAYMENT[paymentStatus] ?? '');
  return cancelledBecause === 'expired' && captureUntil
    ? 'Your money was held, and not taken. Nothing was charged, and your money is let go of.'
    : (REASON[cancelledBecause] ?? '');
}

/** What people call it by; for the moment until it has its number, the end of its id. */
export const nameOf = (order) => order.number ?? shortId(order.id);

/** Short enough to say aloud, long enough to tell one's own orders apart. */
export const shortId = (id) => id.replaceAll('-', '').slice(-6).toUpperCase();
