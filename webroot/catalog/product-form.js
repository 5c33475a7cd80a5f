import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { parseMoney } from '../lib/money.js';
import { clearErrors, showErrors } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import './product-card.js';

const CURRENCY = 'USD';

/** The seller's form, with the card beside it that shoppers will see. */
class ProductForm extends HTMLElement {
  connectedCallback() {
    this.innerHTML = html`
      <form class="panel" novalidate>
        <label class="field">
          <span>Title</span>
          <input name="title" maxlength="200" autocomplete="off" placeholder="Linen shirt" aria-describedby="new-title-error" />
          <span class="field-error" id="new-title-error" data-error="title"></span>
        </label>
        <div class="field-row">
          <label class="field">
            <span>Price <span class="quiet">${CURRENCY}</span></span>
            <input name="price" inputmode="decimal" autocomplete="off" placeholder="49.90" aria-describedby="new-price-error" />
            <span class="field-error" id="new-price-error" data-error="price"></span>
          </label>
          <label class="field">
            <span>Quantity</span>
            <input name="quantity" inputmode="numeric" autocomplete="off" placeholder="5" aria-describedby="new-quantity-error" />
            <span class="field-error" id="new-quantity-error" data-error="quantity"></span>
          </label>
        </div>
        <p class="form-error" role="alert"></p>
        <button class="button primary wide" type="submit">Add to the shop</button>
      </form>
      <aside class="preview" aria-hidden="true">
        <p class="quiet">How it will look</p>
        <product-card inert></product-card>
      </aside>
    `;
    this.form = this.querySelector('form');
    this.form.addEventListener('input', () => this.#preview());
    this.form.addEventListener('submit', (event) => this.#submit(event));
    this.#preview();
  }

  done() {
    this.form.reset();
    this.#preview();
    this.form.elements.title.focus();
  }

  refuse(problem) {
    if (showErrors(this.form, problem.errors)) return;
    this.querySelector('.form-error').textContent = kindly(problem);
  }

  #typed() {
    const { title, price, quantity } = this.form.elements;
    return {
      title: title.value.trim(),
      price: parseMoney(price.value),
      quantity: /^\d{1,9}$/.test(quantity.value.trim()) ? Number(quantity.value) : null,
    };
  }

  #preview() {
    const { title, price, quantity } = this.#typed();
    this.querySelector('product-card').update({
      title: title || 'Your product',
      price: price ?? 0,
      quantity: quantity ?? 1,
      currency: CURRENCY,
      imageUrl: null,
    });
  }

  #submit(event) {
    event.preventDefault();
    clearErrors(this.form);
    this.querySelector('.form-error').textContent = '';
    const product = this.#typed();
    const errors = [
      ...(product.title ? [] : [{ field: 'title', message: 'Please give it a name.' }]),
      ...(product.price > 0 ? [] : [{ field: 'price', message: 'Please write an amount, like 49.90.' }]),
      ...(product.quantity === null ? [{ field: 'quantity', message: 'Please write a whole number.' }] : []),
    ];
    if (showErrors(this.form, errors)) return;
    emit(this.querySelector('[type="submit"]'), 'add-product', product);
  }
}

customElements.define('product-form', ProductForm);
