import { html } from '../lib/html.js';
import { get } from '../lib/http.js';
import { whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { shortId } from '../orders/orders.js';
import { notFound } from './order-book.js';
import { addressOf } from './routes.js';
import { DISPUTE, LISTS, MARKS, STATUS, asMany, because, marksOf, query, renewed } from './payment-book.js';

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Everybody's payments, list by list, page by page. Arrow keys move along the rows, Enter opens one. */
class PaymentBook extends HTMLElement {
  #wanted = { list: 'all', typed: '' };
  #payments = [];
  #cursor = null;
  #asked = 0;
  #drawn = '';

  connectedCallback() {
    this.innerHTML = html`
      <form class="finder finder-one" role="search" aria-label="Payments">
        <label class="field"><span>Number or id of the order</span><input name="typed" type="search" placeholder="B-2026-000123" autocomplete="off" maxlength="120" /></label>
        <button class="button" type="submit">Find</button>
      </form>
      <div class="chips" role="group" aria-label="State">
        ${LISTS.map(({ id, name }) => html`<button type="button" class="chip" data-list="${id}" aria-pressed="false">${name}</button>`)}
      </div>
      <p class="quiet book-note" role="status"></p>
      <ul class="rows"></ul>
      <button type="button" class="button quiet-button more-rows" hidden>Show more</button>
    `;
    this.form = this.querySelector('form');
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#look({ list: 'all', typed: this.form.elements.typed.value });
    });
    this.querySelector('.chips').addEventListener('click', ({ target }) => {
      if (!target.dataset.list) return;
      this.form.elements.typed.value = '';
      this.#look({ list: target.dataset.list, typed: '' });
    });
    this.more = this.querySelector('.more-rows');
    this.more.addEventListener('click', () => whileBusy(this.more, () => this.#read(this.#cursor)));
    this.rows = this.querySelector('.rows');
    this.rows.addEventListener('keydown', (event) => this.#move(event));
  }

  read() {
    return this.#look(this.#wanted);
  }

  /** What is shown, as it is now. Answers whether the shop could be asked. */
  async refresh() {
    const mine = this.#asked;
    const limit = asMany(this.#payments.length);
    try {
      const page = await get(`/api/ops/payments?${query(this.#wanted, { limit })}`);
      if (mine === this.#asked) this.#learn(renewed(this.#payments, this.#cursor, page, limit));
      return true;
    } catch {
      return false; // what is there stays there: the next turn asks again, after a longer while
    }
  }

  /** Puts the focus where it was before a payment was opened. */
  pointAt(id) {
    this.rows.querySelector(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  }

  #look(wanted) {
    this.#wanted = wanted;
    for (const chip of this.querySelectorAll('[data-list]')) {
      chip.setAttribute('aria-pressed', String(chip.dataset.list === wanted.list && wanted.typed.trim() === ''));
    }
    return this.#read(null);
  }

  async #read(cursor) {
    const mine = ++this.#asked;
    const note = this.querySelector('.book-note');
    note.textContent = cursor ? '' : 'Looking…';
    try {
      const page = await get(`/api/ops/payments?${query(this.#wanted, { cursor })}`);
      if (mine !== this.#asked) return;
      this.#learn({ items: cursor ? [...this.#payments, ...page.items] : page.items, cursor: page.nextCursor });
    } catch (problem) {
      if (mine !== this.#asked) return;
      if (!cursor) this.#learn({ items: [], cursor: null }); // those of another list would be taken for this one's
      note.textContent = kindly(problem);
    }
  }

  #learn({ items, cursor }) {
    this.#payments = items;
    this.#cursor = cursor;
    this.querySelector('.book-note').textContent = items.length === 0 ? notFound(this.#wanted.typed, 'payment') : '';
    this.more.hidden = cursor === null;
    const drawn = String(html`${items.map(row)}`);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const at = document.activeElement?.closest?.('payment-book [data-id]')?.dataset.id;
    this.rows.innerHTML = drawn;
    if (at) this.pointAt(at);
  }

  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const rows = [...this.rows.querySelectorAll('[data-id]')];
    const next = rows[rows.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

const row = (payment) => html`
  <li>
    <a class="row card payment" data-id="${payment.id}" href="${addressOf('payments', payment.id)}">
      <span class="row-name">${payment.orderNumber ?? shortId(payment.orderId)}</span>
      <time class="quiet" datetime="${payment.createdAt}">${day.format(new Date(payment.createdAt))}</time>
      <span class="row-what quiet">${note(payment)}</span>
      <span class="row-sum">${formatMoney(payment.amount, payment.currency)}</span>
      <span class="row-states">
        ${marksOf(payment).map((mark) => html`<span class="badge" data-mark="${mark}">${MARKS[mark] ?? mark}</span>`)}
        <span class="badge" data-payment="${payment.status}">${STATUS[payment.status] ?? payment.status}</span>
      </span>
    </a>
  </li>
`;

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
