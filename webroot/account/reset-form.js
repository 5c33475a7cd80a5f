import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { clearErrors, showErrors } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';

const SHORTEST = 8;
const USED = 'This link is not good any more: it was used, or replaced by a newer one, or is older than half an hour.';

/** Where the link in a mail leads: asks for the new password, and says what has become of it. */
class ResetForm extends HTMLElement {
  #token = '';

  /** Shows the form for the token of a link. */
  open(token) {
    this.#token = token;
    this.innerHTML = html`
      <form class="panel" novalidate>
        <label class="field">
          <span>New password</span>
          <input name="password" type="password" autocomplete="new-password" maxlength="128" required aria-describedby="reset-password-hint reset-password-error" />
          <span class="quiet" id="reset-password-hint">At least ${SHORTEST} characters, any you like.</span>
          <span class="field-error" id="reset-password-error" data-error="password"></span>
        </label>
        <p class="form-error" role="alert"></p>
        <button class="button primary wide" type="submit">Set the new password</button>
      </form>
    `;
    this.form = this.querySelector('form');
    this.form.addEventListener('submit', (event) => this.#submit(event));
  }

  /** It is set. Nothing of the password or the token stays in the page. */
  done() {
    this.#token = '';
    this.innerHTML = html`
      <div class="panel" role="status">
        <p>Your password is changed. Wherever you were signed in, you are signed out now.</p>
        <button type="button" class="button primary wide">Sign in</button>
      </div>
    `;
    const button = this.querySelector('button');
    button.addEventListener('click', () => emit(button, 'ask-sign-in', { why: 'With your new password.' }));
    button.focus();
  }

  refuse(problem) {
    if (showErrors(this.form, problem.errors)) return;
    this.querySelector('.form-error').textContent = problem.code === 'reset.invalid' ? USED : kindly(problem);
  }

  #submit(event) {
    event.preventDefault();
    clearErrors(this.form);
    this.querySelector('.form-error').textContent = '';
    const password = this.form.elements.password.value;
    const short = { field: 'password', message: `Please use at least ${SHORTEST} characters.` };
    if (showErrors(this.form, password.length < SHORTEST ? [short] : [])) return;
    emit(this.querySelector('[type="submit"]'), 'reset-password', { token: this.#token, password });
  }
}

customElements.define('reset-form', ResetForm);
