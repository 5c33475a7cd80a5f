import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { postOnce } from '../lib/http.js';
import { whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { Listing } from './listing.js';
import { eventOf, nameOf, outcome, stateOf } from './parked.js';
import { pageOf } from './rows.js';
import { toSecond } from './moments.js';

/** What stands still because it could not be taken in: where, why, and the one thing to do when that is mended. */
class ParkedList extends Listing {
  view = 'unfinished';

  connectedCallback() {
    super.connectedCallback();
    this.rows.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-deed]');
      if (button) this.#retry(button, this.known(button.closest('[data-key]').dataset.key));
    });
  }

  pathOf(wanted, page) {
    return `/api/ops/parked?${pageOf({}, page)}`;
  }

  identified(parked) {
    return { id: `${parked.feed} ${parked.stream}`, ...parked };
  }

  nothing() {
    return 'Everything has been taken in.';
  }

  row(parked) {
    return html`
      <div class="row card saga">
        <span class="row-name">${nameOf(parked.feed)}</span>
        <time class="quiet" datetime="${parked.since}">since ${toSecond(parked.since)}</time>
        <span class="row-what">${eventOf(parked)} of<br /><code>${parked.stream}</code></span>
        <span class="row-why quiet">
          ${parked.because}<br />${stateOf(parked)}${parked.correlation && html`<br />Request <code>${parked.correlation}</code>`}
        </span>
        <span class="row-deeds"><button type="button" class="button" data-deed="retry">Try again</button></span>
      </div>
    `;
  }

  async #retry(button, parked) {
    const { feed, stream } = parked;
    try {
      const after = await whileBusy(button, () => postOnce('/api/ops/parked/retry', { feed, stream }));
      if (after) emit(this, 'deed-done', outcome(after, parked));
    } catch (problem) {
      emit(this, 'failed', { words: kindly(problem, { 409: problem.detail, 503: 'Somebody is away whom it needs. Please try again in a moment.' }) });
      this.refresh();
    }
  }
}

customElements.define('parked-list', ParkedList);
