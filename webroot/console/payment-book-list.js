import { html } from '../lib/html.js';
import { formatMoney } from '../lib/money.js';
import { shortId } from '../orders/orders.js';
import { Listing } from './listing.js';
import { notFound } from './order-book.js';
import { addressOf } from './routes.js';
import { DISPUTE, LISTS, MARKS, STATUS, because, query } from './payment-book.js';
import { toMinute } from './moments.js';

/** Everybody's payments. */
class PaymentBook extends Listing {
  view = 'payments';
  lists = LISTS;
  finder = html`
    <label class="field"><span>Number or id of the order</span><input name="typed" type="search" placeholder="B-2026-000123" autocomplete="off" maxlength="120" /></label>
  `;

  /** An order has one payment: there is nothing to choose from when it was looked for. */
  inList(list) {
    return { list };
  }

  pathOf(wanted, page) {
    return `/api/ops/payments?${query(wanted, page)}`;
  }

  nothing({ typed }) {
    return notFound(typed, 'payment');
  }

  row(payment) {
    return html`
      <a class="row card payment" href="${addressOf('payments', payment.id, this.wanted)}">
        <span class="row-name">${payment.orderNumber ?? shortId(payment.orderId)}</span>
        <time class="quiet" datetime="${payment.createdAt}">${toMinute(payment.createdAt)}</time>
        <span class="row-what quiet">${note(payment)}</span>
        <span class="row-sum">${formatMoney(payment.amount, payment.currency)}</span>
        <span class="row-states">
          ${payment.marks.map((mark) => html`<span class="badge" data-mark="${mark}">${MARKS[mark] ?? mark}</span>`)}
          <span class="badge" data-payment="${payment.status}">${STATUS[payment.status] ?? payment.status}</span>
        </span>
      </a>
    `;
  }
}

/** In a few words what the badges do not say. */
function note({ status, refunded, refunding, currency, failure, disputes }) {
  const over = disputes.findLast((one) => one.status !== 'open');
  const words = [
    refunded > 0 && status !== 'refunded' && `${formatMoney(refunded, currency)} given back`,
    refunding > 0 && `${formatMoney(refunding, currency)} on its way back`,
    status === 'failed' && because(failure),
    over && `Dispute ${DISPUTE[over.status].toLowerCase()}`,
  ];
  return words.filter(Boolean).join(', ');
}

customElements.define('payment-book', PaymentBook);
