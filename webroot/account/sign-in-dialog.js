import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { kindly } from '../lib/kindly.js';
import { clearErrors, showErrors } from '../lib/form.js';

const MODES = {
  'sign-in': {
    title: 'Welcome back',
    submit: 'Sign in',
    password: 'current-password',
    shortest: 1,
    askPassword: 'Please write your password.',
    refusals: { 400: 'This e-mail and password do not match.', 401: 'This e-mail and password do not match.' },
  },
  'sign-up': {
    title: 'Nice to meet you',
    submit: 'Create account',
    password: 'new-password',
    shortest: 8,
    askPassword: 'Please use at least 8 characters.',
    refusals: { 409: 'We could not make this account. If you already have one, please sign in.' },
  },
};

/** Sign in and sign up: the same two fields, so one form. It says what the visitor wants; app.js does it. */
class SignInDialog extends HTMLElement {
  #mode = 'sign-in';

  connectedCallback() {
    this.innerHTML = html`
      <dialog class="dialog" aria-labelledby="sign-in-title">
        <button type="button" class="icon-button dialog-close" aria-label="Close">${icon('cross')}</button>
        <h2 id="sign-in-title"></h2>
        <p class="dialog-why quiet"></p>
        <div class="tabs" role="group" aria-label="What would you like to do?">
          <button type="button" data-mode="sign-in">Sign in</button>
          <button type="button" data-mode="sign-up">Create account</button>
        </div>
        <form novalidate>
          <label class="field">
            <span>E-mail</span>
            <input name="email" type="email" autocomplete="username" required aria-describedby="sign-in-email-error" />
            <span class="field-error" id="sign-in-email-error" data-error="email"></span>
          </label>
          <label class="field">
            <span>Password</span>
            <input name="password" type="password" autocomplete="current-password" required aria-describedby="sign-in-password-error" />
            <span class="field-error" id="sign-in-password-error" data-error="password"></span>
          </label>
          <button type="button" class="peek" aria-pressed="false">${icon('eye')} Show password</button>
          <p class="form-error" role="alert"></p>
          <button class="button primary wide" type="submit"></button>
          <button type="button" class="peek forgotten">Forgot your password?</button>
        </form>
      </dialog>
    `;
    this.dialog = this.querySelector('dialog');
    this.form = this.querySelector('form');
    for (const tab of this.querySelectorAll('[data-mode]'))
      tab.addEventListener('click', () => this.#turn(tab.dataset.mode));
    this.querySelector('.dialog-close').addEventListener('click', () => this.dialog.close());
    this.querySelector('.peek').addEventListener('click', (event) => this.#peek(event.currentTarget));
    this.querySelector('.forgotten').addEventListener('click', (event) => this.#askReset(event.currentTarget));
    this.form.addEventListener('submit', (event) => this.#submit(event));
    this.dialog.addEventListener('close', () => this.#forget());
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
  }

  open(why = 'Good to see you.') {
    this.querySelector('.dialog-why').textContent = why;
    this.#turn(this.#mode);
    if (!this.dialog.open) this.dialog.showModal();
    this.form.elements.email.focus();
  }

  /** The visitor is in. Who signed up has an account now, so the next time is a sign-in. */
  done() {
    this.#mode = 'sign-in';
    this.dialog.close();
  }

  /** Says the same whether or not there is such an account. */
  mailed(email) {
    this.dialog.close();
    return `If ${email} has an account here, a link for a new password is on its way.`;
  }

  /** Shows why it did not work. Who signs in is never told which of the two fields is wrong. */
  refuse(problem) {
    if (this.#mode === 'sign-up' && showErrors(this.form, problem.errors)) return;
    this.querySelector('.form-error').textContent = kindly(problem, MODES[this.#mode].refusals);
  }

  #turn(mode) {
    this.#mode = mode;
    const { title, submit, password } = MODES[mode];
    this.querySelector('h2').textContent = title;
    this.querySelector('[type="submit"]').textContent = submit;
    this.form.elements.password.autocomplete = password;
    this.querySelector('.forgotten').hidden = mode !== 'sign-in';
    for (const tab of this.querySelectorAll('[data-mode]'))
      tab.setAttribute('aria-pressed', String(tab.dataset.mode === mode));
    this.#forgive();
  }

  #forgive() {
    clearErrors(this.form);
    this.querySelector('.form-error').textContent = '';
  }

  #peek(button) {
    const shown = this.form.elements.password.type === 'text';
    button.setAttribute('aria-pressed', String(!shown));
    this.form.elements.password.type = shown ? 'password' : 'text';
  }

  /** However the dialog was closed, no password stays in it. */
  #forget() {
    this.form.elements.password.value = '';
    this.querySelector('.peek').setAttribute('aria-pressed', 'false');
    this.form.elements.password.type = 'password';
  }

  #submit(event) {
    event.preventDefault();
    this.#forgive();
    const email = this.form.elements.email.value.trim();
    const password = this.form.elements.password.value;
    if (showErrors(this.form, this.#wrongs(email, password))) return;
    emit(this.querySelector('[type="submit"]'), this.#mode, { email, password });
  }

  #askReset(button) {
    this.#forgive();
    const email = this.form.elements.email.value.trim();
    if (showErrors(this.form, this.#wrongEmail(email))) return;
    emit(button, 'ask-reset', { email });
  }

  #wrongEmail(email) {
    return /^[^@\s]+@[^@\s]+$/.test(email) ? [] : [{ field: 'email', message: 'Please write your e-mail address.' }];
  }

  #wrongs(email, password) {
    const { shortest, askPassword } = MODES[this.#mode];
    return [
      ...this.#wrongEmail(email),
      ...(password.length >= shortest ? [] : [{ field: 'password', message: askPassword }]),
    ];
  }
}

customElements.define('sign-in-dialog', SignInDialog);
