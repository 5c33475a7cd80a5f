import { html } from '../lib/html.js';
import { emit, mirror } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { codeOf } from './cart.js';

const MOST = 10;

/** The vouchers on the cart, each with what it takes off or why it does not, and the field for another one. */
class CartVouchers extends HTMLElement {
  #vouchers = [];
  #currency = 'USD';

  connectedCallback() {
    this.innerHTML = html`
      <div class="vouchers" role="list" aria-label="Vouchers"></div>
      <form class="voucher-form" novalidate>
        <label for="voucher-code">Voucher code</label>
        <input
          id="voucher-code"
          name="code"
          maxlength="40"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          enterkeyhint="done"
          aria-describedby="voucher-error"
        />
        <button type="submit" class="button soft small">Apply</button>
        <p class="field-error" id="voucher-error" role="alert" data-error="code"></p>
      </form>
      <p class="sr-only" role="status"></p>
    `;
    this.form = this.querySelector('form');
    this.form.addEventListener('submit', (event) => this.#submit(event));
    this.form.addEventListener('input', () => this.#object(''));
    this.querySelector('.vouchers').addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) emit(button, 'remove-voucher', { code: button.dataset.code });
    });
  }

  update({ vouchers, currency, locked }) {
    this.#vouchers = vouchers;
    this.#currency = currency;
    this.form.hidden = locked || vouchers.length >= MOST;
    const items = vouchers.map((one) => ({ ...one, id: one.code, currency, locked }));
    mirror(this.querySelector('.vouchers'), items, () => document.createElement('cart-voucher'));
  }

  /** What has become of the code that was typed; it is on the cart now. */
  added(code) {
    this.form.reset();
    this.#object('');
    const { amount, problem } = this.#vouchers.find((one) => one.code === code) ?? {};
    if (problem) this.#say(`Voucher ${code}: ${problem.detail}`);
    else if (amount > 0) this.#say(`Voucher ${code} takes ${formatMoney(amount, this.#currency)} off.`);
  }

  removed(code) {
    this.#say(`Voucher ${code} is taken off.`);
    if (!this.form.hidden) this.form.elements.code.focus({ preventScroll: true });
  }

  refuse(problem) {
    this.#object(problem.errors?.length > 0 ? 'That is not a voucher code.' : kindly(problem));
    this.form.elements.code.focus({ preventScroll: true });
    this.form.elements.code.select();
  }

  #submit(event) {
    event.preventDefault();
    const code = codeOf(this.form.elements.code.value);
    if (code) emit(this.querySelector('[type="submit"]'), 'add-voucher', { code });
    else this.refuse({ errors: [{ field: 'code' }] });
  }

  #object(text) {
    const field = this.form.elements.code;
    this.querySelector('#voucher-error').textContent = text;
    if (text) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }

  #say(text) {
    this.querySelector('[role="status"]').textContent = text;
  }
}

/** One voucher. What it does is the server's word: while that is on its way, nothing is said. */
class CartVoucher extends HTMLElement {
  #shown = '';

  update(voucher) {
    const same = JSON.stringify(voucher);
    if (this.#shown === same) return;
    this.#shown = same;
    this.setAttribute('role', 'listitem');
    this.#build(voucher);
  }

  #build({ code, amount, percent, problem, currency, locked }) {
    this.classList.toggle('is-idle', Boolean(problem));
    this.innerHTML = html`
      <span class="voucher-code">${code}</span>
      <span class="voucher-rate quiet">${percent ? `${percent} %` : ''}</span>
      <span class="voucher-off">${amount > 0 ? `− ${formatMoney(amount, currency)}` : ''}</span>
      ${!locked && remover(code)}
      ${problem ? html`<span class="voucher-why">${problem.detail}</span>` : ''}
    `;
  }
}

const remover = (code) => html`
  <button type="button" class="icon-button" data-code="${code}" aria-label="Take voucher ${code} off">
    ${icon('cross')}
  </button>
`;

customElements.define('cart-voucher', CartVoucher);
customElements.define('cart-vouchers', CartVouchers);
