import { html } from './html.js';
import { icon } from './icons.js';

const STAYS = 7000;
const LEAVES = 250;
const AT_MOST = 3;

/** Short messages that a screen reader hears too. They wait while a pointer or the focus is on what can be pressed in them. */
class ToastStack extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
    this.setAttribute('aria-live', 'polite');
  }

  /** `link` is {href, text}; `kind` is 'good', 'bad' or 'plain'. */
  show(text, { kind = 'plain', link = null } = {}) {
    const toast = document.createElement('div');
    toast.className = 'toast';
    toast.dataset.kind = kind;
    toast.innerHTML = html`
      <span class="toast-sign">${icon(kind === 'good' ? 'check' : kind === 'bad' ? 'cross' : 'bag')}</span>
      <p>${text}${link && html` <a href="${link.href}">${link.text}</a>`}</p>
      <button type="button" class="icon-button" aria-label="Dismiss">${icon('cross')}</button>
    `;
    toast.querySelector('button').addEventListener('click', () => leave(toast));
    toast.querySelector('a')?.addEventListener('click', () => leave(toast));
    this.append(toast);
    [...this.children].slice(0, -AT_MOST).forEach(leave);
    stay(toast);
  }
}

function stay(toast) {
  let timer = null;
  const wait = () => (timer = setTimeout(() => leave(toast), STAYS));
  const hold = () => clearTimeout(timer);
  for (const event of ['pointerenter', 'focusin']) toast.addEventListener(event, hold);
  for (const event of ['pointerleave', 'focusout']) toast.addEventListener(event, wait);
  wait();
}

function leave(toast) {
  toast.classList.add('is-leaving');
  setTimeout(() => toast.remove(), LEAVES);
}

customElements.define('toast-stack', ToastStack);
