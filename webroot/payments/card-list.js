import { html } from '../lib/html.js';
import { emit, showWhen } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { kindly } from '../lib/kindly.js';
import { cardName } from './paying.js';
import { whenOf } from './wallet.js';

/** The cards that somebody has left with the provider: which there are is asked there, and one can be forgotten. */
class CardList extends HTMLElement {
  connectedCallback() {
    this.innerHTML = html`
      <div class="notice" data-when="guest" hidden>
        ${icon('card')}
        <h2>Your cards are listed here</h2>
        <p>Sign in to see which you have left, and to forget one.</p>
        <button type="button" class="button primary" data-act="ask-sign-in">Sign in</button>
      </div>
      <div class="notice" data-when="none" hidden>
        ${icon('card')}
        <h2>No card yet</h2>
        <p>When you pay by card, you can keep it for the next time.</p>
      </div>
      <div class="notice" data-when="failed" hidden>
        ${icon('card')}
        <p class="form-error" role="alert"></p>
        <button type="button" class="button" data-act="load-cards">Try again</button>
      </div>
      <div class="skeletons" data-when="loading" hidden aria-hidden="true"><i></i></div>
      <div data-when="some" hidden>
        <ul class="cards" role="list" aria-label="Cards"></ul>
        <p class="quiet card-note">They are with the payment provider. This is all that the shop is told of them.</p>
      </div>
      <div class="test-card" hidden>
        <button type="button" class="button" data-act="leave-test-card">Leave a test card</button>
        <p class="quiet card-note">No money moves in this shop, so any card will do.</p>
      </div>
    `;
    this.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-act]');
      if (button) emit(button, button.dataset.act, { id: button.dataset.id, name: button.dataset.name });
    });
  }

  update(user, state) {
    showWhen(this, whenOf(user, state));
    this.querySelector('[role="alert"]').textContent = state.failure ? kindly(state.failure) : '';
    this.querySelector('.cards').innerHTML = html`${(state.cards ?? []).map(row)}`;
    this.querySelector('.test-card').hidden = !user || !state.isTest || state.cards === null;
  }

  /** The button that was pressed is gone, so the focus goes to the next one, or to where the page begins. */
  forgotten() {
    (this.querySelector('[data-act="forget-card"]') ?? document.querySelector('#cards-heading')).focus();
  }
}

const row = (card) => html`
  <li class="panel card-row">
    ${icon('card')}
    <span class="card-name">${cardName(card)}</span>
    <button type="button" class="button small" data-act="forget-card" data-id="${card.id}" data-name="${cardName(card)}" aria-label="Forget ${cardName(card)}">Forget</button>
  </li>
`;

customElements.define('card-list', CardList);
