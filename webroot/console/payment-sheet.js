import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { get, postOnce } from '../lib/http.js';
import { showErrors, whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { shortId } from '../orders/orders.js';
import { actor } from './order-book.js';
import { addressOf } from './routes.js';
import {
  BECAME,
  DISPUTE,
  REASONS,
  REFUND,
  STATUS,
  WILL,
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
  refundOf,
  warnings,
} from './payment-book.js';

const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

const WORDS = { capture: 'Take the money', refund: 'Give money back', cancel: 'Call it off' };
const SURE = { capture: 'Yes, take it', refund: 'Yes, give it back', cancel: 'Yes, call it off' };

/** That the shop has understood what was wanted, and does not do it. */
const REFUSED = [402, 409, 412, 422];

/** One payment with all that is known of it, and what may be done next. */
class PaymentSheet extends HTMLElement {
  #id = null;
  #me = null;
  #payment = null;
  #about = null;
  #facts = [];
  #captureUntil = null;
  #isElsewhere = false;
  #drawn = '';
  #words = '';

  connectedCallback() {
    this.innerHTML = html`<dialog class="sheet" aria-labelledby="payment-title"><div class="sheet-inside"></div></dialog>`;
    this.dialog = this.querySelector('dialog');
    this.inside = this.querySelector('.sheet-inside');
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener('close', () => {
      const id = this.#id;
      this.#id = null;
      if (id) emit(this, 'sheet-closed', { id });
    });
    this.inside.addEventListener('click', ({ target }) => this.#pressed(target.closest('[data-act]')?.dataset.act));
    this.inside.addEventListener('input', ({ target }) => target.name === 'amount' && this.#foretell());
    this.inside.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(event.target);
    });
  }

  async open(id, me) {
    this.#me = me;
    this.#id = id;
    this.#drawn = '';
    this.#words = '';
    this.#isElsewhere = false;
    try {
      await this.#read();
    } catch (problem) {
      this.#id = null;
      throw problem;
    }
    if (this.#id === id && !this.dialog.open) this.dialog.showModal();
  }

  close() {
    this.#id = null;
    this.dialog.close();
  }

  /** As it is now, unless somebody is about to do something: then what they look at stays. */
  async refresh() {
    if (this.#id === null || this.#isDeciding) return true;
    try {
      await this.#read(() => !this.#isDeciding);
      return true;
    } catch {
      return false; // what is there stays there: the next turn asks again, after a longer while
    }
  }

  /** Whether it changes by itself before long. */
  get isUnderWay() {
    return this.#id !== null && this.#payment?.id === this.#id && (isUnderWay(this.#payment) || isBehind(this.#facts, this.#payment));
  }

  get #isDeciding() {
    return this.inside.querySelector('.sheet-form form') !== null;
  }

  async #read(mayShow = () => true) {
    const id = this.#id;
    const path = `/api/payments/${encodeURIComponent(id)}`;
    const [payment, about, history] = await Promise.all([
      get(`${path}/status`),
      get(`/api/ops/payments?order=${encodeURIComponent(id)}`),
      get(`${path}/history`).catch((problem) => {
        if (problem.status !== 404) throw problem;
        return { items: [] }; // so young that no list knows it yet
      }),
    ]);
    const order = payment.status === 'authorized' ? await get(`/api/orders/${encodeURIComponent(payment.orderId)}`).catch(() => null) : null; // then it is not said until when
    if (this.#id !== id || !mayShow()) return;
    this.#captureUntil = order?.captureUntil ?? null;
    this.#about = about.items[0] ?? null;
    this.#facts = history.items;
    this.#show(payment);
  }

  /** Draws it if there is anything new, and keeps the focus on what it was on, and why something was not done. */
  #show(payment) {
    this.#payment = payment;
    const drawn = String(whole(payment, this.#about, this.#facts, this.#captureUntil, this.#isElsewhere, this.#me));
    if (drawn === this.#drawn) return;
    const focus = this.inside.contains(document.activeElement) ? document.activeElement.dataset : {};
    this.#drawn = drawn;
    this.inside.innerHTML = drawn;
    this.#refuse(this.#words);
    const same = focus.act ? this.inside.querySelector(`[data-act="${focus.act}"]`) : null;
    if (same) same.focus();
    else if (this.dialog.open) this.inside.querySelector('h2').focus();
  }

  #pressed(act) {
    if (act === 'close') this.dialog.close();
    else if (act === 'keep') this.#leave();
    else if (act) this.#ask(act);
  }

  /** Nothing is done before it was said what it does. */
  #ask(act) {
    const place = this.inside.querySelector('.sheet-form');
    this.#refuse('');
    place.innerHTML = html`<form class="card" data-deed="${act}" novalidate>
      ${act === 'refund' && refundFields(this.#payment)}
      <p class="will" id="will" aria-live="polite">${act !== 'refund' && WILL[act](this.#payment)}</p>
      <div class="sheet-actions">
        <button class="button ${act === 'capture' ? 'primary' : 'danger'}" type="submit" aria-describedby="will">${SURE[act]}</button>
        <button class="button quiet-button" type="button" data-act="keep">No, leave it</button>
      </div>
    </form>`;
    this.inside.querySelector('.deeds').hidden = true;
    if (act === 'refund') this.#foretell();
    place.querySelector('input, button').focus();
  }

  #leave() {
    const { deed } = this.inside.querySelector('.sheet-form form').dataset;
    this.inside.querySelector('.sheet-form').replaceChildren();
    this.inside.querySelector('.deeds').hidden = false;
    this.#refuse('');
    this.inside.querySelector(`[data-act="${deed}"]`)?.focus();
  }

  #foretell() {
    const form = this.inside.querySelector('.sheet-form form');
    const back = refundOf(form.elements.amount.value, this.#payment);
    form.querySelector('.will').textContent = back.wrong ? '' : WILL.refund(this.#payment, back.cents);
    showErrors(form, []);
  }

  #send(form) {
    const { deed } = form.dataset;
    if (deed !== 'refund') return this.#do(form, deed, {});
    const back = refundOf(form.elements.amount.value, this.#payment);
    if (back.wrong) return showErrors(form, [{ field: 'amount', message: back.wrong }]);
    const reason = form.elements.reason.value;
    this.#do(form, deed, { amount: back.cents / 100, currency: this.#payment.currency, ...(reason && { reason }) });
  }

  async #do(form, deed, body) {
    const { id, version } = this.#payment;
    this.#refuse('');
    try {
      await whileBusy(form.querySelector('[type="submit"]'), async () => {
        const payment = await postOnce(`/api/payments/${encodeURIComponent(id)}/${deed}`, body, { version });
        if (this.#id !== id) return;
        this.#drawn = '';
        this.#show(payment);
        this.inside.querySelector('h2').focus();
        this.refresh();
        emit(this, 'payment-changed', { payment, deed });
      });
    } catch (problem) {
      if (this.#id !== id) return emit(this, 'failed', { words: kindly(problem, { 409: problem.detail }) });
      await this.#failed(form, problem);
    }
  }

  /** What was refused may have been decided on something that is not so any more: it is shown as it is now. */
  async #failed(form, problem) {
    const words = kindly(problem, { 402: problem.detail, 409: problem.detail });
    this.#isElsewhere ||= problem.code === 'payment.other-books';
    if (REFUSED.includes(problem.status)) {
      this.#drawn = '';
      await this.#read().catch(() => {}); // then it stays as it is: why it was refused is said all the same
      this.#refuse(words);
    } else if (!showErrors(form, problem.errors ?? [])) this.#refuse(words);
  }

  #refuse(words) {
    this.#words = words;
    this.inside.querySelector('.form-error').textContent = words;
  }
}

const whole = (payment, about, facts, captureUntil, isElsewhere, me) => html`
  <header class="sheet-head">
    <div>
      <h2 id="payment-title" tabindex="-1">Payment of <span class="unbroken">${about?.orderNumber ?? shortId(payment.orderId)}</span></h2>
      <p class="quiet">${about && html`<time datetime="${about.createdAt}">${moment.format(new Date(about.createdAt))}</time>`}</p>
    </div>
    <button type="button" class="icon-button" data-act="close" aria-label="Close">${icon('cross')}</button>
  </header>
  <p class="sheet-sum">
    <strong>${formatMoney(payment.amount, payment.currency)}</strong>
    <span class="row-states">
      <span class="badge" data-payment="${payment.status}">${STATUS[payment.status] ?? payment.status}</span>
      ${about?.live === false && html`<span class="badge plain">Test money</span>`}
    </span>
  </p>
  <p>${means(payment)}${payment.failure && html` The provider said: ${because(payment.failure)}.`}</p>
  ${warnings(payment, facts, isElsewhere).map((words) => html`<p class="warning">${words}</p>`)}
  <div class="sheet-actions deeds">
    ${actions(payment).map((act) => html`<button type="button" class="button ${act === nextOf(payment, facts, isElsewhere) ? 'primary' : ''}" data-act="${act}">${WORDS[act]}</button>`)}
  </div>
  <div class="sheet-form"></div>
  <p class="form-error" role="alert"></p>
  <dl class="sheet-facts">
    ${leftCents(payment) > 0 && (payment.refunds.length > 0 || payment.lost > 0) && html`<dt>Left</dt><dd>${formatMoney(leftCents(payment) / 100, payment.currency)}</dd>`}
    ${payment.lost > 0 && html`<dt>Lost</dt><dd>${formatMoney(payment.lost, payment.currency)} in a dispute</dd>`}
    ${payment.status === 'authorized' && captureUntil && html`<dt>Held until</dt><dd><time datetime="${captureUntil}">${moment.format(new Date(captureUntil))}</time>; what is not taken by then is let go of, and the order is cancelled</dd>`}
    <dt>Order</dt><dd><a href="${addressOf('orders', payment.orderId)}">${about?.orderNumber ?? payment.orderId}</a></dd>
    <dt>Buyer</dt><dd><code>${payment.userId}</code></dd>
    <dt>At the provider</dt><dd>${charge(payment.stripeId, about?.live)}</dd>
  </dl>
  ${part('Refunds', payment.refunds.toReversed(), (refund) => refundLine(refund, payment, facts))}
  ${part('Disputes', disputes(facts), disputeLine)}
  ${part('Attempts', attempts(facts), attemptLine)}
  <h3>History</h3>
  <ol class="history">
    ${facts.length === 0 && html`<li class="quiet">Nothing is told of it yet.</li>`}
    ${facts.toReversed().map((fact) => factLine(fact, { buyer: payment.userId, me }))}
  </ol>
`;

function charge(name, live) {
  if (!name) return html`<span class="quiet">no name yet</span>`;
  const href = dashboard(name, live);
  return html`<code>${name}</code>${href && html` <a href="${href}" target="_blank" rel="noopener noreferrer">Open at Stripe</a>`}`;
}

const part = (name, lines, line) => lines.length > 0 && html`<h3>${name}</h3><ul class="sheet-lines money-lines">${lines.map(line)}</ul>`;

function refundLine(refund, { currency }, facts) {
  const { at, why } = refundFacts(facts, refund.id);
  const told = [at && moment.format(new Date(at)), why && because(why), refund.failure && `the provider said: ${because(refund.failure)}`];
  return moneyLine(formatMoney(refund.amount, currency), told, REFUND[refund.status] ?? refund.status, `refund-${refund.status}`);
}

const disputeLine = ({ name, at, amount, currency, why, status }) =>
  moneyLine(
    formatMoney(amount, currency),
    [at && moment.format(new Date(at)), status === 'open' && why && because(why), name],
    DISPUTE[status] ?? status,
    `dispute-${status}`,
  );

const attemptLine = ({ method, at, later, became, why }) =>
  moneyLine(html`<code>${method}</code>`, [moment.format(new Date(at)), later && 'to be taken later', why && because(why)], BECAME[became], `attempt-${became}`);

const moneyLine = (what, told, state, tone) => html`
  <li>
    <span>${what}<br /><span class="quiet">${told.filter(Boolean).join(', ')}</span></span>
    <span class="badge" data-tone="${tone}">${state}</span>
  </li>
`;

const factLine = (fact, who) => html`
  <li>
    <strong>${eventName(fact.type)}${fact.amount !== undefined && html` <span class="quiet">${formatMoney(fact.amount, fact.currency)}</span>`}</strong>
    <span class="quiet">${moment.format(new Date(fact.at))}, by ${actor(fact.by, who)}${because(fact.because) && html`: ${because(fact.because)}`}</span>
  </li>
`;

const refundFields = (payment) => html`
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
