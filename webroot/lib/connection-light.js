import { html } from './html.js';

const WORDS = { connecting: 'Connecting…', live: 'Live', reconnecting: 'Reconnecting…' };

/** Says whether what is on the screen is live. */
class ConnectionLight extends HTMLElement {
  update(state) {
    if (!this.firstElementChild) this.innerHTML = html`<i class="dot"></i><span role="status"></span>`;
    this.dataset.state = state;
    this.title =
      state === 'live' ? 'Stock and orders update by themselves' : 'Updates come again as soon as the line is back';
    this.querySelector('span').textContent = WORDS[state];
  }
}

customElements.define('connection-light', ConnectionLight);
