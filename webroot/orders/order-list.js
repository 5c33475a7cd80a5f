import { html } from '../lib/html.js';
import { emit, mirror, showWhen } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { withPayments } from './orders.js';
import './order-card.js';

/** The visitor's orders, newest first, with one clock for all countdowns. */
class OrderList extends HTMLElement {
  connectedCallback() {
    this.innerHTML = html`
      <div class="notice" data-when="guest" hidden>
        ${icon('person')}
        <h2>Your orders live here</h2>
        <p>Sign in to see them, and to watch them change as it happens.</p>
        <button type="button" class="button primary" data-act="sign-in">Sign in</button>
      </div>
      <div class="notice" data-when="empty" hidden>
        ${icon('box')}
        <h2>No orders yet</h2>
        <p>When you buy something, it appears here at once.</p>
        <a class="button primary" href="#/">Go to the shop</a>
      </div>
      <div class="skeletons" data-when="loading" hidden aria-hidden="true"><i></i><i></i></div>
      <div class="orders" role="list" aria-label="Orders"></div>
      <div class="more" hidden><button type="button" class="button" data-act="more">Show older orders</button></div>
    `;
    this.querySelector('[data-act="sign-in"]').addEventListener('click', (event) =>
      emit(event.target, 'ask-sign-in', {}),
    );
    this.querySelector('[data-act="more"]').addEventListener('click', (event) => emit(event.target, 'more-orders'));
    setInterval(() => this.#tick(), 1000);
  }

  update(user, state) {
    const orders = state ? withPayments(state) : [];
    showWhen(this, whenOf(user, state, orders));
    this.querySelector('.more').hidden = !state?.nextCursor;
    mirror(this.querySelector('.orders'), orders, () => document.createElement('order-card'));
  }

  /** What has opened a dialog about an order may be gone when that closes: the focus is not lost with it. */
  pointAt(id) {
    const at = document.activeElement;
    if (at !== document.body && at.checkVisibility()) return;
    this.querySelector(`[data-key="${CSS.escape(id)}"] .order`)?.focus({ preventScroll: true });
  }

  #tick() {
    for (const card of this.querySelectorAll('order-card')) card.tick();
  }
}

function whenOf(user, state, orders) {
  if (orders.length > 0) return 'full';
  if (user === null) return 'guest';
  return state?.loaded ? 'empty' : 'loading';
}

customElements.define('order-list', OrderList);
