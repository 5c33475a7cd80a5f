import { html } from '../lib/html.js';
import { emit, replay } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { formatMoney, times } from '../lib/money.js';
import { countdown, now } from '../lib/clock.js';
import { drawArt } from '../catalog/product-art.js';
import { due } from '../payments/paying.js';
import { isOpen, isToPay, nameOf, noteOf } from './orders.js';

const STATUS = { created: 'Created', complete: 'Complete', cancelled: 'Cancelled' };

const SIGNS = { complete: icon('check'), cancelled: icon('cross') };

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** One order: what is in it, where it stands, and how long its goods are still held. */
class OrderCard extends HTMLElement {
  #order = null;
  #isOver = false;
  #confirms = false;

  update(order) {
    const before = this.#order;
    if (before === order) return;
    this.#order = order;
    if (!before || !sameContent(before, order)) {
      const hadFocus = this.contains(document.activeElement);
      this.#build(order);
      if (hadFocus) this.querySelector('.order').focus({ preventScroll: true });
    }
    this.querySelector('.order-number').textContent = nameOf(order);
    this.#showStatus(order, before !== null && before.status !== order.status);
    this.tick();
  }

  /** Called each second by the list; says once when the time is over. */
  tick() {
    const order = this.#order;
    if (!isToPay(order)) return;
    const left = countdown(order.expiresAt, now(), order.createdAt);
    if (left.over !== this.#isOver) {
      this.#isOver = left.over;
      this.#offerActions();
    }
    const clock = this.querySelector('.hold-clock');
    if (clock.textContent === left.text) return;
    clock.textContent = left.text;
    clock.setAttribute('aria-label', `${left.words} left`);
    this.querySelector('.hold-bar').style.setProperty('--share', left.share);
    this.querySelector('.hold').classList.toggle('is-urgent', left.share < 0.2);
    this.querySelector('.hold-label').textContent = left.over ? 'Time is up' : 'Held for you for';
    if (left.over) emit(this, 'order-due', { id: order.id });
  }

  #build(order) {
    this.setAttribute('role', 'listitem');
    this.innerHTML = html`
      <article class="order" tabindex="-1" aria-labelledby="order-${order.id}">
        <header class="order-head">
          <div>
            <h2 class="order-name" id="order-${order.id}">Order <span class="order-number">${nameOf(order)}</span></h2>
            <time class="quiet" datetime="${order.createdAt}">${day.format(new Date(order.createdAt))}</time>
          </div>
          <span class="badge"></span>
        </header>
        <ul class="lines">
          ${order.items.map((item) => line(item, order.currency))}
        </ul>
        <div class="hold">
          <div class="hold-inside">
            <p><span class="hold-label"></span> <span class="hold-clock" role="timer"></span></p>
            <div class="hold-bar"></div>
          </div>
        </div>
        <footer class="order-foot">
          <p class="order-total"><span class="quiet">Total</span> ${formatMoney(order.total, order.currency)}</p>
          <p class="order-note quiet"></p>
          <div class="order-actions">
            <button type="button" class="button primary" data-act="pay-order">${payWords(order)}</button>
            <button type="button" class="button primary" data-act="ask-payer">Prove it is you</button>
            <button type="button" class="button quiet-button" data-act="ask">Cancel order</button>
            <span class="confirm" hidden>
              <button type="button" class="button danger" data-act="cancel-order">Yes, cancel it</button>
              <button type="button" class="button quiet-button" data-act="keep">Keep it</button>
            </span>
          </div>
        </footer>
      </article>
    `;
    this.querySelector('.order-actions').addEventListener('click', (event) => this.#act(event));
  }

  #act(event) {
    const button = event.target.closest('[data-act]');
    if (!button) return;
    const { act } = button.dataset;
    if (act === 'ask' || act === 'keep') this.#confirm(act === 'ask');
    else emit(button, act, { id: this.#order.id });
  }

  #confirm(asked) {
    this.#confirms = asked;
    this.#offerActions();
    this.querySelector(asked ? '[data-act="keep"]' : '[data-act="ask"]').focus();
  }

  #showStatus(order, changed) {
    const badge = this.querySelector('.badge');
    badge.dataset.status = order.status;
    badge.innerHTML = html`${SIGNS[order.status] ?? html`<i class="dot"></i>`}${STATUS[order.status] ?? order.status}`;
    if (changed) replay(badge, 'just-changed');
    this.querySelector('.order').dataset.status = order.status;
    this.querySelector('.order-note').textContent = noteOf(order);
    this.#offerActions();
    this.querySelector('.hold').classList.toggle('is-closed', !isToPay(order));
  }

  /** When the actions go, the focus must not go with them. */
  #offerActions() {
    const actions = this.querySelector('.order-actions');
    const wanted = due(this.#order, this.#isOver);
    const hadFocus = actions.contains(document.activeElement);
    actions.hidden = !isOpen(this.#order);
    this.querySelector('[data-act="pay-order"]').hidden = this.#confirms || wanted !== 'pay';
    this.querySelector('[data-act="ask-payer"]').hidden = this.#confirms || wanted !== 'prove';
    this.querySelector('[data-act="ask"]').hidden = this.#confirms;
    this.querySelector('.confirm').hidden = !this.#confirms;
    if (hadFocus && !document.activeElement.checkVisibility())
      this.querySelector('.order').focus({ preventScroll: true });
  }
}

/** What costs nothing is not paid. */
const payWords = ({ total, currency }) => (total === 0 ? 'Complete order' : `Pay ${formatMoney(total, currency)}`);

const sameContent = (a, b) => a.total === b.total && JSON.stringify(a.items) === JSON.stringify(b.items);

const line = (item, currency) => html`
  <li class="line">
    <span class="line-art">${drawArt(item.title)}</span>
    <span class="line-title">${item.title}</span>
    <span class="line-count quiet">${item.quantity} × ${formatMoney(item.price, currency)}</span>
    <span class="line-sum">${formatMoney(times(item.price, item.quantity), currency)}</span>
  </li>
`;

customElements.define('order-card', OrderCard);
