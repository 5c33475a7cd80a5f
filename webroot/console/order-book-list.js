import { html } from '../lib/html.js';
import { formatMoney } from '../lib/money.js';
import { nameOf } from '../orders/orders.js';
import { Listing } from './listing.js';
import { addressOf } from './routes.js';
import { FULFILMENT, LISTS, PAYMENT, STATUS, isAbout, notFound, query } from './order-book.js';
import { toMinute } from './moments.js';

/** Everybody's orders. */
class OrderBook extends Listing {
  view = 'orders';
  lists = LISTS;
  finder = html`
    <label class="field"><span>Number or buyer</span><input name="typed" type="search" placeholder="B-2026-000123" autocomplete="off" maxlength="120" /></label>
    <label class="field"><span>From</span><input name="from" type="date" /></label>
    <label class="field"><span>To</span><input name="to" type="date" /></label>
  `;

  pathOf(wanted, page) {
    return `/api/ops/orders?${query(wanted, page)}`;
  }

  nothing({ typed }) {
    return notFound(typed, 'order');
  }

  row(order) {
    return html`
      <a class="row card" href="${addressOf('orders', order.id, this.wanted)}">
        <span class="row-name">${nameOf(order)}</span>
        <time class="quiet" datetime="${order.createdAt}">${toMinute(order.createdAt)}</time>
        <span class="row-what">${what(order.items)}</span>
        <span class="row-sum">${formatMoney(order.total, order.currency)}</span>
        <span class="row-states">
          ${order.lost > 0 && html`<span class="badge" data-mark="lost">Lost</span>`}
          <span class="badge" data-status="${order.status}">${STATUS[order.status] ?? order.status}</span>
          ${isAbout(order) && html`<span class="badge plain">${PAYMENT[order.paymentStatus] ?? order.paymentStatus}</span>`}
          ${order.status === 'complete' && html`<span class="badge plain">${FULFILMENT[order.fulfilmentStatus] ?? order.fulfilmentStatus}</span>`}
        </span>
      </a>
    `;
  }
}

function what(items) {
  const [first, ...others] = items;
  const words = `${first.quantity} × ${first.title}`;
  return others.length === 0 ? words : `${words} and ${others.length} more`;
}

customElements.define('order-book', OrderBook);
