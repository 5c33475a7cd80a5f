import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { postOnce } from '../lib/http.js';
import { whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { Listing } from './listing.js';
import { addressOf } from './routes.js';
import { pageOf } from './rows.js';
import { toSecond } from './moments.js';

const KINDS = { checkout: 'Checkout', settlement: 'Paid, and its goods not kept yet', change: 'Change of a line' };
const STEPS = { begun: 'not taken up yet', cart: 'the cart', vouchers: 'the vouchers', stock: 'the stock', order: 'the order' };

/** What has begun and not ended: where it stands, why, and the two things that can be done about it. */
class SagaList extends Listing {
  view = 'unfinished';

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-deed]');
      if (button) this.#do(button);
    });
  }

  pathOf(wanted, page) {
    return `/api/ops/sagas?${pageOf({}, page)}`;
  }

  nothing() {
    return 'Nothing is unfinished.';
  }

  row(saga) {
    return html`
      <div class="row card saga">
        <span class="row-name">${KINDS[saga.kind] ?? saga.kind}</span>
        <time class="quiet" datetime="${saga.since}">since ${toSecond(saga.since)}</time>
        <span class="row-what">Step: ${STEPS[saga.step] ?? saga.step}${saga.tries > 0 && html`, tried ${saga.tries} times`}<br />${name(saga)}</span>
        <span class="row-why quiet">${saga.because ?? 'Nothing is known to keep it: it may be on its way.'}</span>
        <span class="row-deeds">
          <button type="button" class="button" data-deed="retry" data-id="${saga.id}">Try again</button>
          <button type="button" class="button quiet-button" data-deed="compensate" data-id="${saga.id}">Undo</button>
        </span>
      </div>
    `;
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
    this.refresh();
  }
}

/** What is still being checked out is no order yet. */
const name = ({ kind, id }) => (kind === 'checkout' ? html`<code>${id}</code>` : html`<a href="${addressOf('orders', id)}">The order</a> <code>${id}</code>`);

customElements.define('saga-list', SagaList);
