import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { postOnce } from '../lib/http.js';
import { showErrors, whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { Listing } from './listing.js';
import { addressOf } from './routes.js';
import { pageOf } from './rows.js';
import { actor } from './order-book.js';
import { KINDS, LISTS, LONGEST_REASON, mayClose, stands, wrongReason } from './books.js';
import { toMinute } from './moments.js';

const PATH = '/api/ops/payments/discrepancies';

/** On what the books do not agree. What is decided of a line is told to whoever has it on the page. */
class DiscrepancyList extends Listing {
  view = 'books';
  lists = LISTS;

  connectedCallback() {
    super.connectedCallback();
    this.rows.addEventListener('click', ({ target }) => this.#pressed(target.closest('[data-act]')));
    this.rows.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#close(event.target);
    });
  }

  pathOf({ list }, page) {
    return `${PATH}?${pageOf(list === 'closed' ? { state: 'closed' } : {}, page)}`;
  }

  nothing({ list }) {
    return list === 'closed' ? 'Nothing is closed.' : 'Nothing is to be seen to.';
  }

  row(found) {
    return html`
      <article class="card discrepancy">
        <div class="discrepancy-head">
          <h3>${KINDS[found.kind] ?? found.kind}</h3>
          <span class="row-states">
            ${!found.counts && html`<span class="badge">Just found</span>`}
            ${found.repairedByItself && html`<span class="badge" data-tone="mending">Put right by itself${found.tries > 0 && html`, tried ${found.tries} times`}</span>`}
          </span>
        </div>
        <dl class="sides">
          <div><dt>Ours</dt><dd>${money(found.ours)}</dd></div>
          <div><dt>Theirs</dt><dd>${money(found.theirs)}</dd></div>
          <div><dt>In question</dt><dd>${money(found)}</dd></div>
        </dl>
        <p>${found.whatToDo}</p>
        <p class="quiet discrepancy-facts">
          <span>since ${toMinute(found.since)}</span>
          ${found.paymentId && html`<a href="${addressOf('payments', found.paymentId)}">The payment</a>`}
          ${found.orderId && html`<a href="${addressOf('orders', found.orderId)}">The order</a>`}
          ${found.stripeId && html`<code>${found.stripeId}</code>`}
        </p>
        ${found.closing && closed(found, this.me)}
        <div class="line-deeds">${mayClose(found) && closeButton()}${found.state === 'closed' && html`<button type="button" class="button" data-act="reopen">Open it again</button>`}</div>
      </article>
    `;
  }

  /** As long as nothing was ever closed, there is only one list. */
  showLists(hasClosed) {
    this.querySelector('.chips').hidden = !hasClosed && this.wanted.list !== 'closed';
  }

  #pressed(button) {
    const act = button?.dataset.act;
    if (act === 'close') this.#ask(lineOf(button));
    else if (act === 'keep') this.#keep(lineOf(button));
    else if (act === 'reopen') this.#safely(button, () => this.#decide(lineOf(button), 'reopen', {}));
  }

  /** One at a time: what is written in another is not kept. */
  #ask(line) {
    for (const other of this.rows.querySelectorAll('form')) this.#keep(lineOf(other));
    deedsOf(line).innerHTML = closingForm();
    line.querySelector('textarea').focus();
  }

  #keep(line) {
    deedsOf(line).innerHTML = closeButton();
    line.querySelector('[data-act="close"]').focus();
  }

  #close(form) {
    const reason = form.elements.reason.value.trim();
    const wrong = wrongReason(reason);
    if (showErrors(form, wrong ? [{ field: 'reason', message: wrong }] : [])) return;
    const refused = ({ errors = [] }) => form.isConnected && showErrors(form, errors);
    this.#safely(form.querySelector('[type="submit"]'), () => this.#decide(lineOf(form), 'close', { reason }), refused);
  }

  /** It is in the other list from now on. */
  async #decide({ dataset: { key: id } }, deed, body) {
    const answer = await postOnce(`${PATH}/${encodeURIComponent(id)}/${deed}`, body);
    const line = this.known(id);
    if (line) emit(this, 'line-decided', { deed, line });
    const words = deed === 'close' ? stands(answer, body.reason, this.me) : null;
    if (words) emit(this, 'failed', { words });
    this.leave(id);
  }

  /** `refused` answers whether it has said itself what is wrong, where that is seen best. */
  async #safely(button, task, refused = () => false) {
    try {
      await whileBusy(button, task);
    } catch (problem) {
      if (!refused(problem)) emit(this, 'failed', { words: kindly(problem, { 409: problem.detail }) });
    }
  }
}

const money = ({ currency, amount }) => formatMoney(amount, currency);

const lineOf = (part) => part.closest('[data-key]');

const deedsOf = (line) => line.querySelector('.line-deeds');

const closed = ({ state, closing }, me) => html`
  <p class="closing quiet">
    ${state === 'closed' ? 'Closed' : `Closed at ${money(closing)}, and other figures now; closed`} ${toMinute(closing.at)}, by ${actor(closing.by, { me })}:
    <span class="reason">${closing.reason}</span>
  </p>
`;

const closeButton = () => html`<button type="button" class="button" data-act="close">Close it</button>`;

const closingForm = () => html`
  <form novalidate>
    <label class="field">
      <span>Why is nothing to be done?</span>
      <textarea name="reason" rows="2" maxlength="${LONGEST_REASON}" aria-describedby="will-close"></textarea>
      <span class="field-error" data-error="reason"></span>
    </label>
    <p class="quiet" id="will-close">It will count no more and be listed apart, as long as its figures stay as they are. What you write is kept for ever, so please name nobody.</p>
    <div class="sheet-actions">
      <button class="button primary" type="submit">Yes, close it</button>
      <button class="button quiet-button" type="button" data-act="keep">No, leave it</button>
    </div>
  </form>
`;

customElements.define('discrepancy-list', DiscrepancyList);
