import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { get, postOnce } from '../lib/http.js';
import { showErrors, whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { now, plural } from '../lib/clock.js';
import { addressOf } from './routes.js';
import { actor } from './order-book.js';
import {
  ACCOUNTS,
  BOOKS,
  KINDS,
  LONGEST_REASON,
  STATES,
  ago,
  amounts,
  balances,
  behind,
  compared,
  mayClose,
  since,
  stands,
  verdict,
  wrongReason,
} from './books.js';

const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const PATH = '/api/ops/payments';

/** Whether the books agree, and on what they do not. */
class BooksDesk extends HTMLElement {
  #me = null;
  #report = null;
  #decisions = [];
  #lines = [];
  #cursor = null;
  #asked = 0;
  #wantedAt = null;
  #state = 'open';
  #hasClosed = false;
  #drawn = { figures: '', rows: '' };

  connectedCallback() {
    this.innerHTML = html`
      <div class="books-bar">
        <p class="quiet book-note" role="status"></p>
        <button type="button" class="button" data-act="compare">Compare now</button>
      </div>
      <div class="figures books-figures"></div>
      <section aria-labelledby="lines-heading">
        <h2 id="lines-heading" class="lines-heading" tabindex="-1">On what they do not agree</h2>
        <div class="chips states" role="group" aria-label="State" hidden>
          ${Object.entries(STATES).map(([id, name]) => html`<button type="button" class="chip" data-act="${id}" aria-pressed="${String(id === 'open')}">${name}</button>`)}
        </div>
        <p class="quiet lines-note" role="status"></p>
        <ul class="rows"></ul>
        <button type="button" class="button quiet-button more-rows" data-act="more" hidden>Show more</button>
      </section>
    `;
    this.rows = this.querySelector('.rows');
    this.note = this.querySelector('.book-note');
    this.addEventListener('click', ({ target }) => this.#pressed(target.closest('[data-act]')));
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#close(event.target);
    });
  }

  async read(me = this.#me) {
    this.#me = me;
    try {
      await this.#read();
    } catch (problem) {
      this.note.textContent = kindly(problem);
    }
  }

  /** What is shown, as it is now. Answers whether the shop could be asked. */
  async refresh() {
    try {
      await this.#read();
      return true;
    } catch {
      return false; // what is there stays there: the next turn asks again, after a longer while
    }
  }

  async #read() {
    const mine = ++this.#asked;
    const limit = Math.min(100, Math.max(25, this.#lines.length));
    const [report, page] = await Promise.all([get(`${PATH}/reconciliation`), get(this.#list(limit))]);
    if (mine !== this.#asked) return;
    this.#report = report;
    this.#lines = page.items;
    this.#cursor = page.nextCursor;
    this.#decisions = this.#decisions.filter(({ startedAt }) => startedAt === report.startedAt);
    this.#draw();
  }

  #list(limit) {
    return `${PATH}/discrepancies?limit=${limit}${this.#state === 'closed' ? '&state=closed' : ''}`;
  }

  async #more() {
    const mine = ++this.#asked;
    const page = await get(`${this.#list(25)}&cursor=${encodeURIComponent(this.#cursor)}`);
    if (mine !== this.#asked) return;
    this.#lines = [...this.#lines, ...page.items];
    this.#cursor = page.nextCursor;
    this.#draw();
  }

  #draw() {
    const report = since(this.#report, this.#decisions);
    emit(this, 'books-read', { count: report.counted ?? 0 });
    const isWanted = this.#wantedAt !== null && !(Date.parse(report.startedAt) >= Date.parse(this.#wantedAt));
    if (!isWanted) this.#wantedAt = null;
    this.note.textContent = isWanted ? 'It is compared as soon as the round that is under way has ended.' : said(report);
    this.#hasClosed ||= report.closed > 0;
    this.querySelector('.states').hidden = !this.#hasClosed && this.#state === 'open';
    this.querySelector('.lines-note').textContent = this.#lines.length > 0 || !report.startedAt ? '' : NONE[this.#state];
    this.querySelector('.more-rows').hidden = this.#cursor === null;
    this.#put('figures', this.querySelector('.books-figures'), html`${report.startedAt && figures(report)}`);
    if (!this.rows.querySelector('form')) this.#put('rows', this.rows, html`${this.#lines.map((found) => line(found, this.#me))}`);
  }

  /** Only what is new, so that nobody loses the focus or what they have opened. */
  #put(name, place, markup) {
    const drawn = String(markup);
    if (drawn === this.#drawn[name]) return;
    const focus = place.contains(document.activeElement) ? document.activeElement.id : '';
    const open = [...place.querySelectorAll('details[open]')].map(({ id }) => id);
    this.#drawn[name] = drawn;
    place.innerHTML = drawn;
    for (const details of place.querySelectorAll('details')) details.open = open.includes(details.id);
    if (focus) document.getElementById(focus)?.focus();
  }

  #pressed(button) {
    const act = button?.dataset.act;
    if (act === 'compare') this.#safely(button, () => this.#compare());
    else if (act === 'more') this.#safely(button, () => this.#more());
    else if (act === 'close') this.#ask(button.closest('.discrepancy'));
    else if (act === 'keep') this.#leave(button.closest('.discrepancy'));
    else if (act === 'reopen') this.#safely(button, () => this.#decide(button.closest('.discrepancy').dataset.id, 'reopen', {}));
    else if (act in STATES) this.#look(button, act);
  }

  #look(button, state) {
    this.#state = state;
    this.#lines = [];
    for (const chip of this.querySelectorAll('.states .chip')) chip.setAttribute('aria-pressed', String(chip === button));
    this.rows.replaceChildren();
    this.#drawn.rows = '';
    return this.read();
  }

  /** One at a time: what is written in another is not kept. */
  #ask(line) {
    for (const other of this.rows.querySelectorAll('form')) this.#leave(other.closest('.discrepancy'));
    line.querySelector('.line-deeds').innerHTML = closingForm();
    line.querySelector('textarea').focus();
  }

  #leave(line) {
    line.querySelector('.line-deeds').innerHTML = closeButton();
    line.querySelector('[data-act="close"]').focus();
  }

  #close(form) {
    const reason = form.elements.reason.value.trim();
    const wrong = wrongReason(reason);
    if (showErrors(form, wrong ? [{ field: 'reason', message: wrong }] : [])) return;
    const { id } = form.closest('.discrepancy').dataset;
    const refused = ({ errors = [] }) => form.isConnected && showErrors(form, errors);
    this.#safely(form.querySelector('[type="submit"]'), () => this.#decide(id, 'close', { reason }), refused);
  }

  /** It is in the other list from now on; those that are asked for again may be a moment behind. */
  async #decide(id, deed, body) {
    const { startedAt } = this.#report;
    const answer = await postOnce(`${PATH}/discrepancies/${encodeURIComponent(id)}/${deed}`, body);
    this.#asked++;
    const decided = this.#lines.find((line) => line.id === id);
    if (decided) this.#decisions.push({ startedAt, deed, line: decided });
    const words = deed === 'close' ? stands(answer, body.reason, this.#me) : null;
    if (words) emit(this, 'failed', { words });
    this.#lines = this.#lines.filter((line) => line.id !== id);
    this.#hasClosed = true;
    this.rows.querySelector('form')?.remove();
    this.#draw();
    this.querySelector('.lines-heading').focus();
  }

  async #compare() {
    const { wantedAt } = await postOnce(`${PATH}/reconcile`, {});
    this.#wantedAt = wantedAt;
    await this.#read();
  }

  /** `refused` answers whether it has said itself what is wrong, where that is seen best. */
  async #safely(button, task, refused = () => false) {
    try {
      await whileBusy(button, task);
    } catch (problem) {
      if (refused(problem)) return;
      emit(this, 'failed', { words: kindly(problem, { 409: problem.detail }) });
    }
  }

  /** Whether it was asked for a comparison that is not there yet. */
  get isWanted() {
    return this.#wantedAt !== null;
  }
}

function said(report) {
  if (!report.startedAt) return 'They were not compared yet.';
  return compared(report, now())?.isLate ? 'The comparison is late. Does the provider answer?' : '';
}

function figures(report) {
  const last = compared(report, now());
  const open = amounts(report.unreconciledAmount);
  const zero = verdict(report);
  return html`
    <ul class="tiles">
      ${tile('Compared', last ? ago(last.age) : 'Not yet', last && !last.isLate ? 'good' : 'bad', last && moment.format(new Date(report.comparedAt)))}
      ${tile('Not reconciled', open.length === 0 ? 'Nothing' : html`${open.map((some, n) => html`${n > 0 && ' + '}<span class="unbroken">${money(some)}</span>`)}`, open.length === 0 ? 'good' : 'bad', `${report.counted} of ${report.found} found for long enough to count`)}
      ${tile('Stuck payments', report.stuckPayments, report.stuckPayments === 0 ? 'good' : 'bad', 'asked for, and no answer')}
      ${tile('Trial balance', ...VERDICTS[zero])}
    </ul>
    <div class="books-details">
      <details class="card" id="trial-balance">
        <summary>What is in each account</summary>
        ${balances(report).length === 0 && html`<p class="quiet">No money has moved yet.</p>`}
        <div class="balances">${balances(report).map(balance)}</div>
      </details>
      <details class="card" id="how-far">
        <summary>How far the comparison is${behind(report).length > 0 && html` <span class="badge" data-tone="late">behind</span>`}</summary>
        ${far(report)}
      </details>
    </div>
  `;
}

const VERDICTS = {
  right: ['Zero', 'good', 'over all accounts, and against the provider'],
  nothing: ['Empty', 'good', 'no money has moved yet'],
  sum: ['Not zero', 'bad', 'the accounts do not add up'],
  difference: ['Differs', 'bad', 'the accounts add up to zero, and the provider has another sum'],
};

const money = ({ currency, amount }) => formatMoney(amount, currency);

const NONE = { open: 'They agree on everything.', closed: 'Nothing is closed.' };

const tile = (name, value, tone, words) => html`
  <li class="card tile" data-tone="${tone}"><span class="quiet">${name}</span><strong>${value}</strong><span class="quiet tile-words">${words}</span></li>
`;

const balance = ({ currency, accounts, sum, difference }) => html`
  <table>
    <caption>${currency}</caption>
    <tbody>
      ${accounts.map(({ account, amount }) => html`<tr><th scope="row">${ACCOUNTS[account] ?? account}</th><td>${formatMoney(amount, currency)}</td></tr>`)}
    </tbody>
    <tfoot>
      <tr data-tone="${sum === 0 ? 'good' : 'bad'}"><th scope="row">Sum</th><td>${formatMoney(sum, currency)}</td></tr>
      <tr data-tone="${(difference ?? 0) === 0 ? 'good' : 'bad'}">
        <th scope="row">The provider has more by</th>
        <td>${difference === null ? 'not known' : formatMoney(difference, currency)}</td>
      </tr>
    </tfoot>
  </table>
`;

function far(report) {
  const { foreignCharges: foreign, otherBooks: elsewhere } = report;
  return html`
    <dl class="sheet-facts">
      ${Object.entries(report.comparedUntil).map(([book, until]) => html`<dt>${BOOKS[book] ?? book}</dt><dd>${until ? `until ${moment.format(new Date(until))}` : 'not gone through yet'}</dd>`)}
      <dt>In the last round</dt><dd>${report.charges} charges, ${report.payments} payments</dd>
      <dt>Put right</dt><dd>${report.mended} of what was tried before; ${report.tried} tried now</dd>
      ${report.unanswered > 0 && html`<dt>Not answered</dt><dd>${report.unanswered}</dd>`}
      ${report.waiting > 0 && html`<dt>Looked at again later</dt><dd>${report.waiting}</dd>`}
      ${report.unlisted > 0 && html`<dt>Without room in the list</dt><dd>${report.unlisted}</dd>`}
      ${report.ofOtherShops > 0 && html`<dt>Left to another shop</dt><dd>${report.ofOtherShops} lines of the provider’s: it has the same account</dd>`}
      ${elsewhere?.payments > 0 && html`<dt>In other books</dt><dd>${plural(elsewhere.payments, 'payment')} with another provider than is in use, or in its other mode: ${amounts(elsewhere.amount).map(money).join(' + ') || 'no money of them is left'}, compared with nothing</dd>`}
      ${foreign?.charges > 0 && html`<dt>Charges of nobody’s</dt><dd>${foreign.charges}, ${amounts(foreign.amount).map(money).join(' + ')}</dd>`}
    </dl>
  `;
}

const line = (found, me) => html`
  <li class="card discrepancy" data-id="${found.id}">
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
      <span>since ${moment.format(new Date(found.since))}</span>
      ${found.paymentId && html`<a id="payment-of-${found.id}" href="${addressOf('payments', found.paymentId)}">The payment</a>`}
      ${found.orderId && html`<a id="order-of-${found.id}" href="${addressOf('orders', found.orderId)}">The order</a>`}
      ${found.stripeId && html`<code>${found.stripeId}</code>`}
    </p>
    ${found.closing && closed(found, me)}
    <div class="line-deeds">${mayClose(found) && closeButton()}${found.state === 'closed' && html`<button type="button" class="button" data-act="reopen">Open it again</button>`}</div>
  </li>
`;

const closed = ({ state, closing }, me) => html`
  <p class="closing quiet">
    ${state === 'closed' ? 'Closed' : `Closed at ${money(closing)}, and other figures now; closed`} ${moment.format(new Date(closing.at))}, by ${actor(closing.by, { me })}:
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

customElements.define('books-desk', BooksDesk);
