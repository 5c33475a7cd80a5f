import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { cardName } from './paying.js';

const ANOTHER = '';

/** Where no money moves there is no field to write a card into. */
const TEST = 'tok_visa';

/** Asks which card: one that was left with the provider, or one that is written into the provider's own field. */
class CardDialog extends HTMLElement {
  #order = null;
  #stripe = null;
  #field = null;

  connectedCallback() {
    this.innerHTML = html`
      <dialog class="dialog" aria-labelledby="card-title">
        <button type="button" class="icon-button dialog-close" aria-label="Close">${icon('cross')}</button>
        <h2 id="card-title">Pay by card</h2>
        <p class="dialog-why quiet"></p>
        <form novalidate>
          <fieldset class="saved-cards">
            <legend class="sr-only">Which card?</legend>
            <div class="saved-list"></div>
          </fieldset>
          <div class="new-card">
            <span id="card-label">Your card</span>
            <div class="card-field" aria-labelledby="card-label"></div>
            <label class="keep-card"><input type="checkbox" name="keep" /> Keep it for the next time</label>
          </div>
          <p class="form-error" role="alert"></p>
          <button class="button primary wide" type="submit"></button>
          <p class="quiet card-note">Your card goes straight to the payment provider. The shop never sees it.</p>
        </form>
      </dialog>
    `;
    this.dialog = this.querySelector('dialog');
    this.form = this.querySelector('form');
    this.querySelector('.dialog-close').addEventListener('click', () => this.dialog.close());
    this.form.addEventListener('change', () => this.#choose());
    this.form.addEventListener('submit', (event) => this.#submit(event));
    this.dialog.addEventListener('close', () => this.#forget());
  }

  open(order, stripe, cards) {
    const price = formatMoney(order.total, order.currency);
    this.#order = order;
    this.#stripe = stripe;
    this.querySelector('.dialog-why').textContent = `${price} for what you ordered.`;
    this.querySelector('[type="submit"]').textContent = `Pay ${price}`;
    this.querySelector('.saved-list').innerHTML = html`${cards.map((card, n) => choice(card.id, cardName(card), n === 0))}
    ${stripe ? choice(ANOTHER, 'Another card', cards.length === 0) : choice(TEST, 'The test card', cards.length === 0)}`;
    this.querySelector('.saved-cards').hidden = cards.length === 0;
    this.#field = stripe?.elements().create('card') ?? null;
    this.#field?.mount(this.querySelector('.card-field'));
    this.querySelector('.form-error').textContent = '';
    this.#choose();
    if (!this.dialog.open) this.dialog.showModal();
    if (cards.length > 0) this.querySelector('[name="saved"]:checked').focus();
  }

  done() {
    this.dialog.close();
  }

  refuse(problem) {
    this.querySelector('.form-error').textContent = kindly(problem);
  }

  #choose() {
    this.querySelector('.new-card').hidden = this.form.elements.saved.value !== ANOTHER;
  }

  #submit(event) {
    event.preventDefault();
    this.querySelector('.form-error').textContent = '';
    const saved = this.form.elements.saved.value;
    emit(this.querySelector('[type="submit"]'), 'pay-by-card', {
      id: this.#order.id,
      stripe: this.#stripe,
      card: this.#field,
      saved: saved === ANOTHER ? null : saved,
      keep: this.form.elements.keep.checked,
    });
  }

  /** However the dialog was closed, nothing of a card stays in it. */
  #forget() {
    this.#field?.destroy();
    this.#field = null;
    this.form.elements.keep.checked = false;
  }
}

const choice = (value, name, chosen) => html`
  <label class="saved-card"><input type="radio" name="saved" value="${value}" ${chosen ? 'checked' : ''} /> ${name}</label>
`;

customElements.define('card-dialog', CardDialog);
