import { html } from '../lib/html.js';
import { emit, replay, showWhen } from '../lib/element.js';
import { countdown, now, plural } from '../lib/clock.js';
import { standing } from './sales.js';

/** The line for one product: joining it, the place in it while it moves, and the way to buy when it is one's turn. */
class SaleLine extends HTMLElement {
  #product = null;
  #sale = null;
  #clock = null;

  connectedCallback() {
    if (this.firstElementChild === null) this.#build();
    this.#clock = setInterval(() => this.#tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#clock);
  }

  /** `sale` is undefined as long as nothing was heard of it. */
  update(product, sale) {
    if (this.firstElementChild === null) this.#build();
    const before = standing(this.#sale);
    this.#product = product;
    this.#sale = sale;
    const stands = standing(sale);
    showWhen(this, stands.is);
    this.querySelector('.line-length').textContent =
      stands.waiting > 0 ? `${plural(stands.waiting, 'person').replace('persons', 'people')} in line` : 'Flash sale';
    const place = this.querySelector('.line-place');
    const number = `${stands.atMost ? 'at most ' : ''}${stands.place}`;
    if (stands.is === 'waiting' && place.textContent !== number) {
      place.textContent = number;
      if (before.is === 'waiting') replay(place, 'just-changed');
    }
    if (before.is !== stands.is) this.#say(stands);
    this.#tick();
  }

  #build() {
    this.innerHTML = html`
      <p class="sr-only" role="status"></p>
      <div data-when="open">
        <span class="line-length"></span>
        <button type="button" class="button soft" data-act="join-line">Join the line</button>
      </div>
      <div data-when="waiting" hidden>
        <span>Your place <strong class="line-place"></strong></span>
        <button type="button" class="button small quiet-button" data-act="leave-line">Leave</button>
      </div>
      <div data-when="turn" hidden>
        <span>Your turn <strong class="line-clock"></strong></span>
        <button type="button" class="button small quiet-button" data-act="leave-line">Pass</button>
        <button type="button" class="button primary" data-act="order-turn">Order now</button>
      </div>
      <div data-when="soldOut" hidden><span>All of them are sold.</span></div>
    `;
    for (const button of this.querySelectorAll('[data-act]')) {
      button.addEventListener('click', () => emit(button, button.dataset.act, this.#what()));
    }
  }

  #what() {
    const { quantity } = standing(this.#sale);
    return { product: this.#product, quantity: quantity ?? 1 };
  }

  #say({ is, place }) {
    const words = { turn: 'It is your turn.', waiting: `You are number ${place} in line.`, soldOut: 'Sold out.', open: '' };
    this.querySelector('[role="status"]').textContent = words[is];
  }

  #tick() {
    const stands = standing(this.#sale);
    if (stands.is !== 'turn') return;
    const left = countdown(stands.until, now(), stands.until);
    const clock = this.querySelector('.line-clock');
    if (clock.textContent === left.text) return;
    clock.textContent = left.text;
    clock.setAttribute('aria-label', `${left.words} left`);
    if (left.over) emit(this, 'turn-over', { id: this.#product.id });
  }
}

customElements.define('sale-line', SaleLine);
