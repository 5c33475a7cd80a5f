import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { get, postOnce } from '../lib/http.js';
import { whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';

const KINDS = { checkout: 'Checkout', settlement: 'Paid, and its goods not kept yet', change: 'Change of a line' };
const STEPS = { begun: 'not taken up yet', cart: 'the cart', vouchers: 'the vouchers', stock: 'the stock', order: 'the order' };
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** What has begun and not ended: where it stands, why, and the two things that can be done about it. */
class SagaList extends HTMLElement {
  connectedCallback() {
    this.innerHTML = html`<p class="quiet book-note" role="status"></p><ul class="rows"></ul>`;
    this.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-deed]');
      if (button) this.#do(button);
    });
  }

  async read() {
    const note = this.querySelector('.book-note');
    try {
      const { items, nextCursor } = await get('/api/ops/sagas?limit=100');
      this.querySelector('.rows').innerHTML = html`${items.map(row)}`;
      note.textContent = items.length === 0 ? 'Nothing is unfinished.' : '';
      emit(this, 'sagas-read', { count: items.length, more: nextCursor !== null });
    } catch (problem) {
      note.textContent = kindly(problem);
    }
  }

  async #do(button) {
    if (button.dataset.deed === 'compensate' && button.dataset.sure === undefined) {
      button.dataset.sure = '';
      button.textContent = 'Yes, undo it';
      return;
    }
    const { id, deed } = button.dataset;
    try {
      await whileBusy(button, () => postOnce(`/api/ops/sagas/${encodeURIComponent(id)}/${deed}`, {}));
    } catch (problem) {
      emit(this, 'failed', { words: kindly(problem, { 409: problem.detail }) });
    }
    this.read();
  }
}

const row = (saga) => html`
  <li class="row card saga">
    <span class="row-name">${KINDS[saga.kind] ?? saga.kind}</span>
    <time class="quiet" datetime="${saga.since}">since ${moment.format(new Date(saga.since))}</time>
    <span class="row-what">Step: ${STEPS[saga.step] ?? saga.step}${saga.tries > 0 && html`, tried ${saga.tries} times`}<br /><code>${saga.id}</code></span>
    <span class="row-why quiet">${saga.because ?? 'Nothing is known to keep it: it may be on its way.'}</span>
    <span class="row-deeds">
      <button type="button" class="button" data-deed="retry" data-id="${saga.id}">Try again</button>
      <button type="button" class="button quiet-button" data-deed="compensate" data-id="${saga.id}">Undo</button>
    </span>
  </li>
`;

customElements.define('saga-list', SagaList);
