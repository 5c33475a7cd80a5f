import { html } from '../lib/html.js';
import { get } from '../lib/http.js';
import { formatMoney, times } from '../lib/money.js';
import { nameOf } from '../orders/orders.js';
import { Sheet } from './sheet.js';
import { addressOf } from './routes.js';
import { MARKS, STATUS as PAID } from './payment-book.js';
import { DOUBTS, FULFILMENT, PAYMENT, STATUS, actions, backOf, doubtOf, eventName, isAbout, leftOf, nextOf, shipmentOf } from './order-book.js';
import { toSecond } from './moments.js';

const REASONS = {
  'not-wanted': 'Not wanted',
  'wrong-item': 'Wrong item',
  damaged: 'Damaged',
  'not-delivered': 'Not delivered',
  other: 'Other',
};

const field = (name, label, rest) => html`
  <label class="field"><span>${label}</span>${rest}<span class="field-error" data-error="${name}"></span></label>
`;

const DEEDS = {
  request: { words: 'Ask for the payment', done: () => 'The payment is open: the buyer can pay.' },
  confirm: { words: 'Confirm', done: () => 'Confirmed.' },
  ship: {
    words: 'Ship',
    sure: 'Ship',
    tone: 'primary',
    fields: () => html`
      ${field('carrier', 'Carrier', html`<input name="carrier" maxlength="60" autocomplete="off" />`)}
      ${field('tracking', 'Tracking number', html`<input name="tracking" maxlength="60" autocomplete="off" />`)}
    `,
    said: (_, said) => shipmentOf(said),
    done: () => 'Shipped.',
  },
  deliver: { words: 'It was delivered', done: () => 'Delivered.' },
  return: {
    words: 'Take goods back',
    sure: 'Take goods back',
    tone: 'primary',
    fields: ({ order }) => html`
      ${leftOf(order).map(({ productId, title, quantity }) =>
        field(`back-${productId}`, `${title}, of ${quantity}`, html`<input name="back-${productId}" type="number" min="0" max="${quantity}" value="0" inputmode="numeric" />`),
      )}
      ${field('reason', 'Why', html`<select name="reason">${Object.entries(REASONS).map(([id, words]) => html`<option value="${id}">${words}</option>`)}</select>`)}
      <label class="tick"><input type="checkbox" name="restock" checked /> It can be sold once more</label>
    `,
    will: () => 'What was paid for it goes back to the buyer.',
    said: ({ order }, said) => backOf(order, said),
    done: () => 'Taken back; the money follows.',
  },
  cancel: {
    words: 'Cancel the order',
    sure: 'Yes, cancel it',
    tone: 'danger',
    will: () => 'Its goods go back on the shelf, and the buyer is told that the shop has cancelled it.',
    done: () => 'Cancelled.',
  },
  'call-off': {
    words: 'Call the order off',
    sure: 'Yes, call it off',
    tone: 'danger',
    will: () => 'Its goods go back on the shelf, and its vouchers can be used again. No money moves: nothing is left of it.',
    done: () => 'Called off.',
  },
};

const ROUTES = { request: 'payment/request', 'call-off': 'cancel' };

/** One order with all that is known of it, and what may be done next. */
class OrderSheet extends Sheet {
  deeds = DEEDS;

  /** What may be done with an order is not told from the order alone. */
  async read(id) {
    const path = `/api/orders/${encodeURIComponent(id)}`;
    const [order, payment, facts] = await Promise.all([
      get(path),
      get(`/api/ops/payments?order=${encodeURIComponent(id)}`).then(
        ({ items: [one = null] }) => one,
        () => undefined, // then it is said that nobody knows
      ),
      get(`${path}/history`).then(
        ({ items }) => items,
        () => null, // then that is said
      ),
    ]);
    return { version: order.version, order, payment, facts };
  }

  path(id, act) {
    return `/api/orders/${encodeURIComponent(id)}/${ROUTES[act] ?? act}`;
  }

  draw({ order, payment, facts }) {
    const doubt = order.status === 'complete' ? doubtOf(order, payment) : null;
    return html`
      ${this.head(nameOf(order), toSecond(order.createdAt))}
      <p class="row-states">
        <span class="badge" data-status="${order.status}">${STATUS[order.status] ?? order.status}</span>
        ${isAbout(order) && html`<span class="badge plain">${PAYMENT[order.paymentStatus] ?? order.paymentStatus}</span>`}
        ${order.status === 'complete' && html`<span class="badge plain">${FULFILMENT[order.fulfilmentStatus]}</span>`}
      </p>
      ${doubt && html`<p class="warning">${DOUBTS[doubt]}${payment && html` <a href="${addressOf('payments', payment.id)}">See the payment</a>`}</p>`}
      ${order.status === 'created' && order.captureUntil && html`<p>Capture first: the money is held until <time datetime="${order.captureUntil}">${toSecond(order.captureUntil)}</time>. What is not captured by then is let go of, and the order is cancelled.</p>`}
      <ul class="sheet-lines">
        ${order.items.map((item) => line(item, order))}
      </ul>
      <p class="sheet-total"><span class="quiet">Total</span> <strong>${formatMoney(order.total, order.currency)}</strong></p>
      <dl class="sheet-facts">
        <dt>Buyer</dt><dd><code>${order.userId}</code> <a href="${addressOf('orders', null, { list: 'all', typed: order.userId })}">All orders</a></dd>
        <dt>Order</dt><dd><code>${order.id}</code></dd>
        <dt>Payment</dt><dd>${paid(payment)}</dd>
        ${order.shipment && html`<dt>Shipment</dt><dd>${order.shipment.carrier} <code>${order.shipment.tracking}</code></dd>`}
        ${order.lost > 0 && html`<dt>Lost</dt><dd>${formatMoney(order.lost, order.currency)} in a dispute</dd>`}
        ${order.cancelledBecause && html`<dt>Cancelled</dt><dd>${order.cancelledBecause}</dd>`}
      </dl>
      ${this.offer(actions(order, payment), nextOf(order, payment))}
      ${this.history(facts, eventName, order.userId)}
    `;
  }
}

function paid(payment) {
  if (payment === undefined) return html`<span class="quiet">Could not be read</span>`;
  if (payment === null) return html`<span class="quiet">None so far</span>`;
  const { id, status, amount, currency, marks } = payment;
  return html`<a href="${addressOf('payments', id)}">${PAID[status] ?? status}, ${formatMoney(amount, currency)}</a>
    ${marks.map((mark) => html` <span class="badge" data-mark="${mark}">${MARKS[mark] ?? mark}</span>`)}`;
}

const line = (item, { currency }) => html`
  <li>
    <span>${item.title}</span>
    <span class="quiet">${item.quantity} × ${formatMoney(item.price, currency)}</span>
    <span class="row-sum">${formatMoney(times(item.price, item.quantity), currency)}</span>
  </li>
`;

customElements.define('order-sheet', OrderSheet);
