import { html } from '../lib/html.js';
import { get } from '../lib/http.js';
import { formatMoney } from '../lib/money.js';
import { shortId } from '../orders/orders.js';
import { Sheet } from './sheet.js';
import { addressOf } from './routes.js';
import { toSecond } from './moments.js';
import {
  BECAME,
  DEEDS,
  DISPUTE,
  REASONS,
  REFUND,
  STATUS,
  actions,
  attempts,
  because,
  dashboard,
  disputes,
  eventName,
  isBehind,
  isUnderWay,
  leftCents,
  means,
  nextOf,
  refundFacts,
  warnings,
} from './payment-book.js';

/** One payment with all that is known of it, and what may be done next. */
class PaymentSheet extends Sheet {
  deeds = { ...DEEDS, refund: { ...DEEDS.refund, fields: refundFields } };

  async read(id) {
    const path = `/api/payments/${encodeURIComponent(id)}`;
    const [payment, about, facts] = await Promise.all([
      get(`${path}/status`),
      get(`/api/ops/payments?order=${encodeURIComponent(id)}`),
      get(`${path}/history`).then(
        ({ items }) => items,
        (problem) => {
          if (problem.status !== 404) throw problem;
          return []; // so young that no list knows it yet
        },
      ),
    ]);
    const order = payment.status === 'authorized' ? await get(`/api/orders/${encodeURIComponent(payment.orderId)}`).catch(() => null) : null; // then it is not said until when
    return { version: payment.version, payment, about: about.items[0] ?? null, facts, captureUntil: order?.captureUntil ?? null };
  }

  path(id, act) {
    return `/api/payments/${encodeURIComponent(id)}/${act}`;
  }

  moves({ payment, facts }) {
    return isUnderWay(payment) || isBehind(facts, payment);
  }

  draw({ payment, about, facts, captureUntil }) {
    const isElsewhere = about?.otherBooks === true;
    return html`
      ${this.head(html`Payment of <span class="unbroken">${about?.orderNumber ?? shortId(payment.orderId)}</span>`, about && html`<time datetime="${about.createdAt}">${toSecond(about.createdAt)}</time>`)}
      <p class="sheet-sum">
        <strong>${formatMoney(payment.amount, payment.currency)}</strong>
        <span class="row-states">
          <span class="badge" data-payment="${payment.status}">${STATUS[payment.status] ?? payment.status}</span>
          ${about?.live === false && html`<span class="badge plain">Test money</span>`}
        </span>
      </p>
      <p>${means(payment)}${payment.failure && html` The provider said: ${because(payment.failure)}.`}</p>
      ${warnings(payment, facts, isElsewhere).map((words) => html`<p class="warning">${words}</p>`)}
      ${this.offer(actions(payment, isElsewhere), nextOf(payment, facts))}
      <dl class="sheet-facts">
        ${leftCents(payment) > 0 && (payment.refunds.length > 0 || payment.lost > 0) && html`<dt>Left</dt><dd>${formatMoney(leftCents(payment) / 100, payment.currency)}</dd>`}
        ${payment.lost > 0 && html`<dt>Lost</dt><dd>${formatMoney(payment.lost, payment.currency)} in a dispute</dd>`}
        ${payment.status === 'authorized' && captureUntil && html`<dt>Held until</dt><dd><time datetime="${captureUntil}">${toSecond(captureUntil)}</time>; what is not taken by then is let go of, and the order is cancelled</dd>`}
        <dt>Order</dt><dd><a href="${addressOf('orders', payment.orderId)}">${about?.orderNumber ?? payment.orderId}</a></dd>
        <dt>Buyer</dt><dd><code>${payment.userId}</code> <a href="${addressOf('orders', null, { list: 'all', typed: payment.userId })}">All orders</a></dd>
        <dt>At the provider</dt><dd>${charge(payment.stripeId, about?.live)}</dd>
      </dl>
      ${part('Refunds', payment.refunds.toReversed(), (refund) => refundLine(refund, payment, facts))}
      ${part('Disputes', disputes(facts), disputeLine)}
      ${part('Attempts', attempts(facts), attemptLine)}
      ${this.history(facts.map((fact) => ({ ...fact, because: because(fact.because) })), eventName, payment.userId)}
    `;
  }
}

function charge(name, live) {
  if (!name) return html`<span class="quiet">no name yet</span>`;
  const href = dashboard(name, live);
  return html`<code>${name}</code>${href && html` <a href="${href}" target="_blank" rel="noopener noreferrer">Open at Stripe</a>`}`;
}

const part = (name, lines, line) => lines.length > 0 && html`<h3>${name}</h3><ul class="sheet-lines money-lines">${lines.map(line)}</ul>`;

function refundLine(refund, { currency }, facts) {
  const { at, why } = refundFacts(facts, refund.id);
  const told = [at && toSecond(at), why && because(why), refund.failure && `the provider said: ${because(refund.failure)}`];
  return moneyLine(formatMoney(refund.amount, currency), told, REFUND[refund.status] ?? refund.status, `refund-${refund.status}`);
}

const disputeLine = ({ name, at, amount, currency, why, status }) =>
  moneyLine(
    formatMoney(amount, currency),
    [at && toSecond(at), status === 'open' && why && because(why), name],
    DISPUTE[status] ?? status,
    `dispute-${status}`,
  );

const attemptLine = ({ method, at, later, became, why }) =>
  moneyLine(html`<code>${method}</code>`, [toSecond(at), later && 'to be taken later', why && because(why)], BECAME[became], `attempt-${became}`);

const moneyLine = (what, told, state, tone) => html`
  <li>
    <span>${what}<br /><span class="quiet">${told.filter(Boolean).join(', ')}</span></span>
    <span class="badge" data-tone="${tone}">${state}</span>
  </li>
`;

const refundFields = ({ payment }) => html`
  <div class="refund-fields">
    <label class="field">
      <span>How much, in ${payment.currency}</span>
      <input name="amount" value="${(leftCents(payment) / 100).toFixed(2)}" inputmode="decimal" autocomplete="off" maxlength="13" />
      <span class="field-error" data-error="amount"></span>
    </label>
    <label class="field">
      <span>Why</span>
      <select name="reason">
        <option value="">Without a reason</option>
        ${Object.entries(REASONS).map(([id, words]) => html`<option value="${id}">${words}</option>`)}
      </select>
      <span class="field-error" data-error="reason"></span>
    </label>
  </div>
`;

customElements.define('payment-sheet', PaymentSheet);
