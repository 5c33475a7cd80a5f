import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { get, postOnce } from '../lib/http.js';
import { whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { now, plural } from '../lib/clock.js';
import { ACCOUNTS, BOOKS, ago, amounts, balances, behind, compared, since, verdict } from './books.js';
import './discrepancy-list.js';
import { toMinute } from './moments.js';

const PATH = '/api/ops/payments';

/** Whether the books agree, and below on what they do not. */
class BooksDesk extends HTMLElement {
  #report = null;
  #decisions = [];
  #asked = 0;
  #wantedAt = null;
  #hasClosed = false;
  #drawn = '';

  connectedCallback() {
    this.innerHTML = html`
      <div class="books-bar">
        <p class="quiet" role="status"></p>
        <button type="button" class="button">Compare now</button>
      </div>
      <div class="figures books-figures"></div>
      <section aria-labelledby="lines-heading">
        <h2 id="lines-heading" class="lines-heading">On what they do not agree</h2>
        <discrepancy-list></discrepancy-list>
      </section>
    `;
    this.note = this.querySelector('.books-bar p');
    this.figures = this.querySelector('.books-figures');
    this.lines = this.querySelector('discrepancy-list');
    this.querySelector('.books-bar button').addEventListener('click', ({ target }) => this.#compare(target));
    this.addEventListener('line-decided', ({ detail }) => this.#decided(detail));
  }

  async look(wanted, me = null) {
    await Promise.all([this.lines.look(wanted, me), this.#read().catch((problem) => (this.note.textContent = kindly(problem)))]);
  }

  /** What is shown, as it is now. Answers whether the shop could be asked. */
  async refresh() {
    const well = this.#read().then(
      () => true,
      () => false, // what is there stays there: the next turn asks again, after a longer while
    );
    return (await Promise.all([well, this.lines.refresh()])).every((asked) => asked);
  }

  async #read() {
    const mine = ++this.#asked;
    const report = await get(`${PATH}/reconciliation`);
    if (mine !== this.#asked) return;
    this.#report = report;
    this.#decisions = this.#decisions.filter(({ startedAt }) => startedAt === report.startedAt);
    this.#draw();
  }

  #draw() {
    const report = since(this.#report, this.#decisions);
    emit(this, 'listed', { count: report.counted ?? 0, more: false });
    const isWanted = this.#wantedAt !== null && !(Date.parse(report.startedAt) >= Date.parse(this.#wantedAt));
    if (!isWanted) this.#wantedAt = null;
    this.note.textContent = isWanted ? 'It is compared as soon as the round that is under way has ended.' : said(report);
    this.#hasClosed ||= report.closed > 0;
    this.lines.showLists(this.#hasClosed);
    this.#put(html`${report.startedAt && figures(report)}`);
  }

  /** Only what is new, so that nobody loses what they have opened. */
  #put(markup) {
    const drawn = String(markup);
    if (drawn === this.#drawn) return;
    const focus = this.figures.querySelector('summary:focus')?.parentElement.id;
    const open = [...this.figures.querySelectorAll('details[open]')].map(({ id }) => id);
    this.#drawn = drawn;
    this.figures.innerHTML = drawn;
    for (const details of this.figures.querySelectorAll('details')) details.open = open.includes(details.id);
    if (focus) document.getElementById(focus)?.querySelector('summary').focus();
  }

  /** The lines are asked for again by themselves, and may be a moment behind. */
  #decided(decision) {
    this.#asked++;
    this.#decisions.push({ startedAt: this.#report?.startedAt, ...decision });
    this.#hasClosed = true;
    if (this.#report) this.#draw();
  }

  async #compare(button) {
    try {
      await whileBusy(button, async () => {
        const { wantedAt } = await postOnce(`${PATH}/reconcile`, {});
        this.#wantedAt = wantedAt;
        await this.#read();
      });
    } catch (problem) {
      emit(this, 'failed', { words: kindly(problem, { 409: problem.detail }) });
    }
  }

  /** Whether it was asked for a comparison that is not there yet. */
  get isUnderWay() {
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
      ${tile('Compared', last ? ago(last.age) : 'Not yet', last && !last.isLate ? 'good' : 'bad', last && toMinute(report.comparedAt))}
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
      ${Object.entries(report.comparedUntil).map(([book, until]) => html`<dt>${BOOKS[book] ?? book}</dt><dd>${until ? `until ${toMinute(until)}` : 'not gone through yet'}</dd>`)}
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

customElements.define('books-desk', BooksDesk);
