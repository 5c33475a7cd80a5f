import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { icon } from '../lib/icons.js';

/** "Sign in" for a guest; for a user, their initial with a small menu. */
class AccountButton extends HTMLElement {
  update(user) {
    this.innerHTML = user
      ? menu(user)
      : html`<button type="button" class="button primary small" data-act="ask-sign-in">Sign in</button>`;
    for (const button of this.querySelectorAll('[data-act]')) {
      button.addEventListener('click', () => emit(button, button.dataset.act, {}));
    }
  }
}

const menu = ({ email }) => html`
  <button type="button" class="avatar" popovertarget="account-menu" aria-label="Account of ${email}">${email[0].toUpperCase()}</button>
  <div id="account-menu" class="menu" popover>
    <p class="quiet">Signed in as</p>
    <p class="menu-name">${email}</p>
    <a class="menu-item" href="#/orders">${icon('box')} My orders</a>
    <a class="menu-item" href="#/cards">${icon('card')} My cards</a>
    <button type="button" class="menu-item" data-act="sign-out">${icon('leave')} Sign out</button>
  </div>
`;

customElements.define('account-button', AccountButton);
