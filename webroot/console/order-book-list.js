import { html } from '../lib/html.js';
import { get } from '../lib/http.js';
import { whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { nameOf } from '../orders/orders.js';
import { addressOf } from './routes.js';
import { FULFILMENT, LISTS, PAYMENT, STATUS, isAbout, notFound, query } from './order-book.js';

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Everybody's orders, list by list, page by page. Arrow keys move along the rows, Enter opens one. */
class OrderBook extends HTMLElement {
  #wanted = { list: 'confirm' };
  #orders = [];
  #cursor = null;
  #asked = 0;

  connectedCallback() {
    this.innerHTML = html`
      <form class="finder" role="search" aria-label="Orders">
        <label class="field"><span>Number or buyer</span><input name="typed" type="search" placeholder="B-2026-000123" autocomplete="off" maxlength="120" /></label>
        <label class="field"><span>From</span><input name="from" type="date" /></label>
        <label class="field"><span>To</span><input name="to" type="date" /></label>
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
      const { typed, from, to } = Object.fromEntries(new FormData(this.form));
      this.#look({ ...this.#wanted, typed, from, to, list: typed.trim() ? 'all' : this.#wanted.list });
    });
    this.querySelector('.chips').addEventListener('click', ({ target }) => {
      if (target.dataset.list) this.#look({ ...this.#wanted, list: target.dataset.list });
    });
    this.more = this.querySelector('.more-rows');
    this.more.addEventListener('click', () => whileBusy(this.more, () => this.#read(this.#cursor)));
    this.rows = this.querySelector('.rows');
    this.rows.addEventListener('keydown', (event) => this.#move(event));
  }

  read() {
    return this.#look(this.#wanted);
  }

  /** One order has changed: it stays where it is, so that nobody loses their place. */
  learn(order) {
    this.#orders = this.#orders.map((known) => (known.id === order.id ? order : known));
    this.#draw();
  }

  #look(wanted) {
    this.#wanted = wanted;
    this.#orders = [];
    for (const chip of this.querySelectorAll('[data-list]')) {
      chip.setAttribute('aria-pressed', String(chip.dataset.list === wanted.list));
    }
    return this.#read(null);
  }

  async #read(cursor) {
    const mine = ++this.#asked;
    const note = this.querySelector('.book-note');
    note.textContent = cursor ? '' : 'Looking…';
    try {
      const page = await get(`/api/ops/orders?${query(this.#wanted, cursor)}`);
      if (mine !== this.#asked) return;
      this.#orders = cursor ? [...this.#orders, ...page.items] : page.items;
      this.#cursor = page.nextCursor;
      note.textContent = this.#orders.length === 0 ? notFound(this.#wanted.typed ?? '', 'order') : '';
      this.#draw();
    } catch (problem) {
      if (mine === this.#asked) note.textContent = kindly(problem);
    }
  }

  #draw() {
    const at = document.activeElement?.closest?.('order-book [data-id]')?.dataset.id;
    this.rows.innerHTML = html`${this.#orders.map(row)}`;
    this.more.hidden = this.#cursor === null;
    if (at) this.pointAt(at);
  }

  /** Puts the focus where it was before an order was opened. */
  pointAt(id) {
    this.rows.querySelector(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
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

const row = (order) => html`
  <li>
    <a class="row card" data-id="${order.id}" href="${addressOf('orders', order.id)}">
      <span class="row-name">${nameOf(order)}</span>
      <time class="quiet" datetime="${order.createdAt}">${day.format(new Date(order.createdAt))}</time>
      <span class="row-what">${what(order.items)}</span>
      <span class="row-sum">${formatMoney(order.total, order.currency)}</span>
      <span class="row-states">
        ${order.lost > 0 && html`<span class="badge" data-mark="lost">Lost</span>`}
        <span class="badge" data-status="${order.status}">${STATUS[order.status] ?? order.status}</span>
        ${isAbout(order) && html`<span class="badge plain">${PAYMENT[order.paymentStatus] ?? order.paymentStatus}</span>`}
        ${order.status === 'complete' && html`<span class="badge plain">${FULFILMENT[order.fulfilmentStatus] ?? order.fulfilmentStatus}</span>`}
      </span>
    </a>
  </li>
`;

function what(items) {
  const [first, ...others] = items;
  const words = `${first.quantity} × ${first.title}`;
  return others.length === 0 ? words : `${words} and ${others.length} more`;
}

customElements.define('order-book', OrderBook);
