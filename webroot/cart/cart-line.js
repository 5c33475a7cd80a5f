import { html } from '../lib/html.js';
import { emit, replay } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { formatMoney, times } from '../lib/money.js';
import { drawPicture } from '../catalog/product-art.js';
import { explained, flagOf } from './cart.js';

const MOST = 99;

const hour = new Intl.DateTimeFormat('en', { timeStyle: 'short' });

/** What has changed since the visitor put it in, and the button that agrees to it. */
const FLAGS = {
  gone: () => ({ text: 'This is not sold any more.', act: 'remove', button: 'Remove' }),
  sale: () => ({ text: 'In a flash sale now: order it there when it is your turn.', act: 'remove', button: 'Remove' }),
  out: () => ({ text: 'Sold out just now.', act: 'remove', button: 'Remove' }),
  short: ({ available }) => ({ text: `Only ${available} left.`, act: 'take', button: `Take ${available}` }),
  price: ({ priceChanged: { from, to, currency } }) => ({
    text: `Now ${formatMoney(to, currency)}, was ${formatMoney(from, currency)}.`,
    act: 'keep',
    button: 'All right',
  }),
  title: ({ titleChanged: { to } }) => ({ text: `Now called “${to}”.`, act: 'keep', button: 'All right' }),
  cut: ({ cut }) => ({ text: `Two carts became one; ${cut} more did not fit.`, act: 'keep', button: 'All right' }),
};

/** One line of the cart: picture, stepper, sum, and what the visitor should know. */
class CartLine extends HTMLElement {
  #item = null;

  update(item) {
    const before = this.#item;
    if (before && same(before, item)) return;
    this.#item = item;
    if (before?.title !== item.title) this.#build(item);
    this.#showQuantity(item);
    this.#showCuts(item);
    this.#showHeld(item);
    this.#showFlag(item);
    if (before && before.quantity !== item.quantity) replay(this.querySelector('.cart-sum'), 'just-changed');
  }

  #build(item) {
    this.setAttribute('role', 'listitem');
    this.innerHTML = html`
      <div class="cart-line">
        <span class="cart-picture">${drawPicture(item)}</span>
        <h3 class="cart-title">${item.title}</h3>
        <button type="button" class="icon-button cart-remove" data-act="remove" aria-label="Remove ${item.title}">
          ${icon('cross')}
        </button>
        <p class="cart-price quiet"></p>
        <div class="stepper" role="group" aria-label="Quantity of ${item.title}">
          <button type="button" data-act="less" aria-label="One less">−</button>
          <input inputmode="numeric" autocomplete="off" aria-label="Quantity of ${item.title}" />
          <button type="button" data-act="more" aria-label="One more">+</button>
        </div>
        <p class="cart-sum"></p>
        <ul class="cart-cuts" aria-label="Taken off ${item.title}" hidden></ul>
        <p class="cart-held quiet" hidden></p>
        <p class="cart-flag" hidden><span></span> <button type="button" class="cart-agree"></button></p>
      </div>
    `;
    this.addEventListener('click', this.#act);
    this.querySelector('input').addEventListener('change', () => this.#typed());
  }

  #showQuantity({ price, currency, quantity, gone }) {
    this.querySelector('.cart-price').textContent = `${formatMoney(price, currency)} each`;
    const field = this.querySelector('input');
    field.value = quantity;
    field.disabled = Boolean(gone);
    this.querySelector('[data-act="less"]').disabled = gone || quantity <= 1;
    this.querySelector('[data-act="more"]').disabled = gone || quantity >= MOST;
  }

  /** From what it costs, by each voucher, to what is paid. */
  #showCuts({ price, quantity, currency, gone, vouchers, ...item }) {
    const why = explained(item, vouchers);
    const base = formatMoney(times(price, quantity), currency);
    this.querySelector('.cart-sum').innerHTML = gone
      ? ''
      : why
        ? html`<s><span class="sr-only">before vouchers </span>${base}</s> ${formatMoney(why.total, currency)}`
        : base;
    const list = this.querySelector('.cart-cuts');
    list.hidden = !why;
    list.innerHTML = html`${why?.cuts.map((cut) => cutOf(cut, currency))}`;
  }

  #showHeld({ held, quantity }) {
    const note = this.querySelector('.cart-held');
    note.hidden = !(held?.quantity > 0);
    if (note.hidden) return;
    const many = held.quantity < quantity ? `${held.quantity} of them ` : '';
    note.textContent = `${many}kept for you until ${hour.format(new Date(held.until))}`;
  }

  #showFlag(item) {
    const name = flagOf(item);
    const flag = name && FLAGS[name](item);
    const note = this.querySelector('.cart-flag');
    note.hidden = !flag;
    this.firstElementChild.dataset.flag = name ?? '';
    if (!flag) return;
    note.querySelector('span').textContent = flag.text;
    const agree = note.querySelector('button');
    agree.textContent = flag.button;
    agree.dataset.act = flag.act;
  }

  #act = (event) => {
    const button = event.target.closest('[data-act]');
    const { quantity, available } = this.#item;
    const sets = { less: quantity - 1, more: quantity + 1, keep: quantity, take: available };
    if (button?.dataset.act === 'remove') this.#remove(button);
    else if (button) this.#set(sets[button.dataset.act]);
  };

  #typed() {
    const typed = Number.parseInt(this.querySelector('input').value, 10);
    if (Number.isNaN(typed)) this.#showQuantity(this.#item);
    else this.#set(Math.max(1, Math.min(MOST, typed)));
  }

  #set(quantity) {
    emit(this, 'set-in-cart', { productId: this.#item.productId, quantity });
  }

  #remove(button) {
    emit(button, 'remove-from-cart', { productId: this.#item.productId });
  }
}

const cutOf = ({ code, percent, amount }, currency) => html`
  <li><span>${code}${percent ? ` · ${percent} %` : ''}</span> <span>− ${formatMoney(amount, currency)}</span></li>
`;

/** Lines are told their vouchers with every news: only what differs is drawn. */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

customElements.define('cart-line', CartLine);
