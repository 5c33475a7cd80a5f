import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { get, postOnce } from '../lib/http.js';
import { whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { eventOf, nameOf, outcome, stateOf } from './parked.js';

const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** What stands still because it could not be taken in: where, why, and the one thing to do when that is mended. */
class ParkedList extends HTMLElement {
  #items = [];

  connectedCallback() {
    this.innerHTML = html`<p class="quiet book-note" role="status"></p><ul class="rows"></ul>`;
    this.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-at]');
      if (button) this.#retry(button, this.#items[Number(button.dataset.at)]);
    });
  }

  async read() {
    const note = this.querySelector('.book-note');
    try {
      const { items, nextCursor } = await get('/api/ops/parked?limit=100');
      this.#items = items;
      this.querySelector('.rows').innerHTML = html`${items.map(row)}`;
      note.textContent = items.length === 0 ? 'Everything has been taken in.' : '';
      emit(this, 'parked-read', { count: items.length, more: nextCursor !== null });
    } catch (problem) {
      note.textContent = kindly(problem);
    }
  }

  async #retry(button, parked) {
    const { feed, stream } = parked;
    try {
      const after = await whileBusy(button, () => postOnce('/api/ops/parked/retry', { feed, stream }));
      if (after) emit(this, 'retried', outcome(after, parked));
    } catch (problem) {
      emit(this, 'failed', { words: kindly(problem, { 409: problem.detail, 503: 'Somebody is away whom it needs. Please try again in a moment.' }) });
    }
    this.read();
  }
}

const row = (parked, at) => html`
  <li class="row card saga">
    <span class="row-name">${nameOf(parked.feed)}</span>
    <time class="quiet" datetime="${parked.since}">since ${moment.format(new Date(parked.since))}</time>
    <span class="row-what">${eventOf(parked)} of<br /><code>${parked.stream}</code></span>
    <span class="row-why quiet">
      ${parked.because}<br />${stateOf(parked)}${parked.correlation && html`<br />Request <code>${parked.correlation}</code>`}
    </span>
    <span class="row-deeds"><button type="button" class="button" data-at="${at}">Try again</button></span>
  </li>
`;

customElements.define('parked-list', ParkedList);
