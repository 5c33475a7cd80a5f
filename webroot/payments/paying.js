/**
 * How an order is paid by card. Nothing of a card is ever seen here: the provider's own field makes a name of it, and
 * that is paid with. Pure but for those who are given: the provider's script, and who speaks with the shop. Where there
 * is no such script nobody's bank asks either: who it is that pays is then for the page to ask, see `isToProve`.
 */
export async function payByCard({ stripe, card, saved = null, keep = false }, { leave, pay, prove }) {
  const token = saved ?? (await named(stripe, card, keep && leave));
  return proven(await pay(token), stripe, prove);
}

/** Has the buyer answer their bank, as far as it is to be asked from here. */
export async function proven(payment, stripe, prove) {
  if (payment.status !== 'action-required') return payment;
  if (isAddress(payment.action)) return { ...payment, goTo: payment.action };
  if (!stripe || !payment.action) return payment;
  await stripe.handleNextAction({ clientSecret: payment.action });
  return prove(payment.id); // whatever the page was told, the provider tells the shop what has become of it
}

/** What the provider says is wrong with what was written into its field. */
export class CardProblem extends Error {
  constructor({ message }) {
    super(message);
    this.detail = message;
    this.errors = [];
  }
}

async function named(stripe, card, leave) {
  const { paymentMethod, error } = await stripe.createPaymentMethod({ type: 'card', card });
  if (error) throw new CardProblem(error);
  return leave ? (await leave(paymentMethod.id)).id : paymentMethod.id;
}

const isAddress = (action) => /^https:\/\//.test(action);

/** Whether the buyer still has to say here that it is they who pay. */
export const isToProve = ({ status, goTo }, stripe) => status === 'action-required' && !goTo && !stripe;

const BRANDS = { visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express', unionpay: 'UnionPay', jcb: 'JCB' };

/** As people know their cards. */
export function cardName({ brand, last4, expMonth, expYear }) {
  const name = BRANDS[brand] ?? brand.replace(/^\w/, (letter) => letter.toUpperCase());
  return `${name} ···· ${last4}, until ${String(expMonth).padStart(2, '0')}/${String(expYear).slice(-2)}`;
}

/** Where a payment stands, in words for whoever has just paid; nothing when the order itself says it. */
export const standing = ({ status }) =>
  ({
    processing: 'Your payment is under way. The order changes by itself when it has come.',
    'action-required': 'Your bank wants to know that it is you.',
    cancelled: 'It is called off, and nothing was taken. You can still pay.',
    cancelling: 'It is being called off. Nothing is taken.',
  })[status] ?? null;

/**
 * What there is to do about the payment of an order, of which the payment says how far it is, if there is one: `pay`,
 * `prove` who it is that pays, `wait`, or nothing. What has been begun in time may still be proved after the time is up.
 */
export function due({ status, paymentStatus, payment }, isOver) {
  if (status !== 'created' || paymentStatus !== 'awaiting') return null;
  if (payment === 'action-required') return 'prove';
  if (UNDER_WAY.has(payment)) return 'wait';
  return isOver ? null : 'pay';
}

/** Paid, or held, in the moment until the order has heard of it too. */
const UNDER_WAY = new Set(['processing', 'cancelling', 'capturing', 'authorized', 'paid']);

/** How an order stands whose payment is not over, in words to be read beside it. */
export function beside({ payment, total }) {
  if (payment === 'action-required') return 'Your bank wants to know that it is you';
  if (payment === 'cancelling') return 'Your payment is being called off';
  if (UNDER_WAY.has(payment)) return 'Your payment is under way';
  return total === 0 ? 'Nothing to pay' : 'Awaiting payment';
}
