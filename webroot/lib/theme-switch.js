import { html } from './html.js';
import { icon } from './icons.js';

/** Dark or light, with a soft cross-fade where the browser can do one. `window.theme` comes from theme.js. */
class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.innerHTML = html`<button type="button" class="icon-button">${icon('sun')}${icon('moon')}</button>`;
    this.firstElementChild.addEventListener('click', () => this.#turn());
    window.theme.onSystemChange(() => this.#show());
    this.#show();
  }

  #turn() {
    const turn = () => {
      window.theme.turn();
      this.#show();
    };
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (still || !document.startViewTransition) turn();
    else document.startViewTransition(turn);
  }

  #show() {
    const dark = window.theme.current === 'dark';
    this.dataset.theme = window.theme.current;
    this.firstElementChild.setAttribute('aria-label', dark ? 'Use the light theme' : 'Use the dark theme');
    const bar = document.querySelector('meta[name="theme-color"]');
    bar.content = getComputedStyle(document.body).backgroundColor;
  }
}

customElements.define('theme-switch', ThemeSwitch);
