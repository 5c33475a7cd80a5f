import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { cardName } from './paying.js';

const ANOTHER = '';

/** Where no money moves there is no field to write a card into. */
const TEST = 'tok_visa';

/**
 * Asks which card: one that was left with the provider, or one that is written into the provider's own field. And where
 * no money moves it stands in for the bank that wants to know who is paying.
 */
class CardDialog extends HTMLElement {
  #order = null;
  #stripe = null;
  #field = null;
  #payment = null;

  connectedCallback() {
    this.innerHTML = html`
      <dialog class="dialog" aria-labelledby="card-title">
        <button type="button" class="icon-button dialog-close" aria-label="Close">${icon('cross')}</button>
        <h2 id="card-title">Pay by card</h2>
        <p class="dialog-why quiet"></p>
        <form novalidate>
          <p class="cards-away" hidden>The cards that you have left cannot be shown right now. You can pay with another.</p>
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
        <div class="proof" role="group" aria-label="Is it you?" hidden>
          <p class="proof-why"></p>
          <p class="form-error" role="alert"></p>
          <button type="button" class="button primary wide" data-act="prove-payer"></button>
          <button type="button" class="button wide" data-act="another-card">Take another card</button>
          <button type="button" class="button wide" data-act="call-off-payment">No, do not pay</button>
          <p class="quiet card-note proof-note">With a real card, your bank would ask. Here it is a test, and no money moves.</p>
        </div>
      </dialog>
    `;
    this.dialog = this.querySelector('dialog');
    this.form = this.querySelector('form');
    this.proof = this.querySelector('.proof');
    this.querySelector('.dialog-close').addEventListener('click', () => this.dialog.close());
    this.form.addEventListener('change', () => this.#choose());
    this.form.addEventListener('submit', (event) => this.#submit(event));
    this.proof.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-act]');
      if (!button) return;
      this.#say('');
      emit(button, button.dataset.act, { id: this.#order.id, payment: this.#payment, stripe: this.#stripe });
    });
    this.dialog.addEventListener('close', () => {
      this.#forget();
      emit(this, 'card-closed', { id: this.#order.id });
    });
  }

  /** `cards` are null where nobody knows which were left. */
  open(order, stripe, cards) {
    const price = this.#begin(order, stripe, false);
    const left = cards ?? [];
    this.querySelector('.cards-away').hidden = cards !== null;
    this.querySelector('[type="submit"]').textContent = `Pay ${price}`;
    this.querySelector('.saved-list').innerHTML = html`${left.map((card, n) => choice(card.id, cardName(card), n === 0))}
    ${stripe ? choice(ANOTHER, 'Another card', left.length === 0) : choice(TEST, 'The test card', left.length === 0)}`;
    this.querySelector('.saved-cards').hidden = stripe !== null && left.length === 0;
    this.#field = stripe?.elements().create('card') ?? null;
    this.#field?.mount(this.querySelector('.card-field'));
    this.#choose();
    if (!this.dialog.open) this.dialog.showModal();
    if (!this.querySelector('.saved-cards').hidden) this.querySelector('[name="saved"]:checked').focus();
  }

  /** Whether it is they: instead of which card, or without having asked for one. */
  ask(order, payment, stripe) {
    this.#begin(order, stripe, true);
    this.#payment = payment;
    this.querySelector('.proof-why').textContent = stripe
      ? 'Your bank wants to know whether it is really you who is paying.'
      : 'This card asks whether it is really you who is paying.';
    this.querySelector('.proof-note').hidden = stripe !== null;
    const prove = this.proof.querySelector('[data-act="prove-payer"]');
    prove.textContent = stripe ? 'Answer my bank' : 'It is me';
    if (!this.dialog.open) this.dialog.showModal();
    prove.focus();
  }

  done() {
    this.dialog.close();
  }

  refuse(problem) {
    this.#say(kindly(problem));
  }

  #begin(order, stripe, asks) {
    const price = formatMoney(order.total, order.currency);
    this.#forget();
    this.#order = order;
    this.#stripe = stripe;
    this.form.hidden = asks;
    this.proof.hidden = !asks;
    this.querySelector('#card-title').textContent = asks ? 'Is it you?' : 'Pay by card';
    this.querySelector('.dialog-why').textContent = `${price} for what you ordered.`;
    this.#say('');
    return price;
  }

  #say(words) {
    for (const line of this.querySelectorAll('.form-error')) line.textContent = words;
  }

  #choose() {
    this.querySelector('.new-card').hidden = this.form.elements.saved.value !== ANOTHER;
  }

  #submit(event) {
    event.preventDefault();
    this.#say('');
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
    this.#payment = null;
    this.form.elements.keep.checked = false;
  }
}

const choice = (value, name, chosen) => html`
  <label class="saved-card"><input type="radio" name="saved" value="${value}" ${chosen ? 'checked' : ''} /> ${name}</label>
`;

customElements.define('card-dialog', CardDialog);
