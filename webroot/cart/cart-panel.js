import { html } from '../lib/html.js';
import { emit, mirror, replay, showWhen } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { formatMoney } from '../lib/money.js';
import { plural } from '../lib/clock.js';
import { shortId } from '../orders/orders.js';
import { obstacle, shown } from './cart.js';
import './cart-line.js';
import './cart-vouchers.js';

const WHY_NOT = {
  locked: 'An order is waiting to be paid; until then the cart stays as it is.',
  flagged: 'Something has changed: please look at what is marked.',
};

/** The cart beside the shelves: its lines scroll, the running total and the way to the order stay in sight. */
class CartPanel extends HTMLElement {
  #total = null;

  connectedCallback() {
    this.innerHTML = html`
      <section class="panel cart" aria-labelledby="cart-heading">
        <header class="cart-head">
          <h2 id="cart-heading" tabindex="-1">Your cart</h2>
          <span class="cart-count quiet" aria-live="polite"></span>
        </header>
        <p class="cart-left-out" hidden></p>
        <div class="cart-empty" data-when="empty" hidden>
          ${icon('bag')}
          <p class="cart-empty-title">Nothing in it yet</p>
          <p class="quiet">Whatever you add waits here for you, also without an account.</p>
          <a class="button soft small" href="#/">Look around</a>
        </div>
        <div class="cart-skeletons skeletons" data-when="loading" aria-hidden="true"><i></i><i></i></div>
        <div class="cart-lines" role="list" aria-label="In your cart" data-when="full" hidden tabindex="-1"></div>
        <footer class="cart-foot" data-when="full" hidden>
          <p class="cart-ordered" hidden></p>
          <p class="cart-subtotal quiet" hidden><span>Subtotal</span> <span></span></p>
          <cart-vouchers></cart-vouchers>
          <p class="cart-total"><span class="quiet">Total</span> <strong></strong></p>
          <p class="cart-note quiet" role="status"></p>
          <button type="button" class="button primary wide" data-act="place-order">Place the order</button>
          <button type="button" class="button quiet-button small wide" data-act="empty-cart">Empty the cart</button>
        </footer>
      </section>
    `;
    this.querySelector('.cart-foot').addEventListener('click', (event) => {
      const button = event.target.closest('[data-act]');
      if (button) emit(button, button.dataset.act, {});
    });
  }

  get vouchers() {
    return this.querySelector('cart-vouchers');
  }

  update(state) {
    const { items, count, subtotal, total, currency, vouchers } = shown(state);
    showWhen(this, state.cart === null ? 'loading' : items.length > 0 ? 'full' : 'empty');
    this.querySelector('.cart-count').textContent = count > 0 ? plural(count, 'item') : '';
    this.#showLeftOut(state.cart?.leftOut ?? []);
    this.vouchers.update({ vouchers, currency, locked: Boolean(state.cart?.lockedBy) });
    const reduced = this.querySelector('.cart-subtotal');
    reduced.hidden = subtotal === total;
    reduced.lastElementChild.textContent = formatMoney(subtotal, currency);
    this.#showTotal(formatMoney(total, currency));
    this.#showWay(obstacle(state), state.ordered);
    const lines = items.map((item) => ({ ...item, id: item.productId, currency, vouchers }));
    mirror(this.querySelector('.cart-lines'), lines, () => document.createElement('cart-line'));
  }

  #showTotal(text) {
    const sum = this.querySelector('.cart-total strong');
    sum.textContent = text;
    if (this.#total !== null && this.#total !== text) replay(sum, 'just-changed');
    this.#total = text;
  }

  #showWay(why, ordered) {
    const button = this.querySelector('[data-act="place-order"]');
    button.disabled = why !== null && why !== 'busy';
    button.classList.toggle('primary', !ordered);
    button.textContent = ordered ? 'Order the same again' : 'Place the order';
    this.querySelector('[data-act="empty-cart"]').hidden = why === 'locked';
    this.querySelector('.cart-note').textContent = WHY_NOT[why] ?? '';
    const note = this.querySelector('.cart-ordered');
    note.hidden = !ordered;
    if (ordered) {
      note.innerHTML = html`${icon('check')}
        <span>Ordered as ${shortId(ordered.orderId)}. <a href="#/orders">See my orders</a></span>`;
    }
  }

  #showLeftOut(lines) {
    const note = this.querySelector('.cart-left-out');
    note.hidden = lines.length === 0;
    const names = lines.map(({ title, quantity }) => `${quantity} × ${title}`).join(', ');
    note.textContent = `From your cart before you signed in, these could not be taken over: ${names}.`;
  }
}

customElements.define('cart-panel', CartPanel);
