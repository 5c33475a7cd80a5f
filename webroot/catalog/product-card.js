import { html } from '../lib/html.js';
import { emit, replay } from '../lib/element.js';
import { formatMoney, times } from '../lib/money.js';
import { drawPicture } from './product-art.js';
import { stockOf } from './catalog.js';
import '../sales/sale-line.js';

/** One product: its picture, price and stock, and the form that puts it into the cart. */
class ProductCard extends HTMLElement {
  #product = null;

  update({ sale, ...product }) {
    const before = this.#product;
    this.querySelector('sale-line')?.update(product, sale);
    if (before !== null && same(before, product)) return;
    this.#product = product;
    if (before?.title !== product.title || before?.imageUrl !== product.imageUrl) this.#build(product);
    this.querySelector('.product-price').textContent = formatMoney(product.price, product.currency);
    this.#showStock(product, before !== null && before.quantity !== product.quantity);
    this.form.hidden = Boolean(product.flashSale);
    const line = this.querySelector('sale-line');
    line.hidden = !product.flashSale;
    line.update(product, sale);
    this.#count(0);
  }

  #build(product) {
    this.setAttribute('role', 'listitem');
    this.innerHTML = html`
      <article class="product" aria-label="${product.title}">
        <div class="product-picture">
          ${drawPicture(product)}
          <span class="stock"></span>
        </div>
        <h3 class="product-title" title="${product.title}">${product.title}</h3>
        <p class="product-price"></p>
        <form class="product-buy" novalidate>
          <div class="stepper" role="group" aria-label="Quantity">
            <button type="button" data-step="-1" aria-label="One less">−</button>
            <input name="quantity" inputmode="numeric" autocomplete="off" value="1" aria-label="Quantity of ${product.title}" />
            <button type="button" data-step="1" aria-label="One more">+</button>
          </div>
          <button class="button soft" type="submit">
            <span class="buy-word"></span><span class="sr-only"> ${product.title} to the cart</span>
          </button>
        </form>
        <sale-line hidden></sale-line>
      </article>
    `;
    this.form = this.querySelector('form');
    for (const button of this.querySelectorAll('[data-step]')) {
      button.addEventListener('click', () => this.#count(Number(button.dataset.step)));
    }
    this.form.elements.quantity.addEventListener('change', () => this.#count(0));
    this.form.addEventListener('reset', () => setTimeout(() => this.#count(0)));
    this.form.addEventListener('submit', (event) => this.#add(event));
  }

  #showStock(product, changed) {
    const { text, level } = stockOf(product);
    const badge = this.querySelector('.stock');
    badge.textContent = text;
    badge.dataset.level = level;
    this.querySelector('.product').dataset.stock = level;
    if (changed) replay(badge, 'just-changed');
  }

  /** Moves the quantity by `step` and keeps it between one and what is left. */
  #count(step) {
    const left = this.#product.quantity;
    const field = this.form.elements.quantity;
    const typed = Number.parseInt(field.value, 10) || 1;
    const quantity = Math.max(1, Math.min(typed + step, left));
    field.value = quantity;
    for (const control of this.form.elements) control.disabled = left <= 0;
    this.querySelector('[data-step="-1"]').disabled = quantity <= 1;
    this.querySelector('[data-step="1"]').disabled = quantity >= left;
    this.querySelector('.buy-word').textContent = this.#word(quantity, left);
    return quantity;
  }

  #word(quantity, left) {
    if (left <= 0) return 'Sold out';
    const { price, currency } = this.#product;
    return quantity === 1 ? 'Add' : `Add · ${formatMoney(times(price, quantity), currency)}`;
  }

  #add(event) {
    event.preventDefault();
    const quantity = this.#count(0);
    emit(this.querySelector('[type="submit"]'), 'add-to-cart', { product: this.#product, quantity });
  }
}

const same = (one, other) => Object.keys(other).every((key) => one[key] === other[key]);

customElements.define('product-card', ProductCard);
