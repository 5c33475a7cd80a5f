import { emit } from '../lib/element.js';
import { clearErrors, showErrors, whileBusy } from '../lib/form.js';
import { html } from '../lib/html.js';
import { postOnce } from '../lib/http.js';
import { icon } from '../lib/icons.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { actor } from './order-book.js';
import { toSecond } from './moments.js';

/** That the shop has understood what was wanted, and does not do it. */
const REFUSED = [402, 409, 412, 422];

/**
 * One thing with all that is known of it, beside the list that it is in, and what may be done with it.
 *
 * A sheet says how that is read (`read`, with the `version` that a deed is decided on), how it is drawn (`draw`), where
 * deeds are sent (`path`), and which there are (`deeds`). A deed has its `words`; if it is to be thought about it asks
 * first, with `fields`, or in a sentence that says what it `will` do, and is `sure` of it after; `said` makes of the
 * form what is sent, or why not; and `done` is what has come of it.
 */
export class Sheet extends HTMLElement {
  me = null;
  known = null;
  #id = null;
  #asked = 0;
  #drawn = '';
  #words = '';

  connectedCallback() {
    this.innerHTML = html`<dialog class="sheet" aria-labelledby="${this.localName}-title"><div class="sheet-inside"></div></dialog>`;
    this.dialog = this.querySelector('dialog');
    this.inside = this.querySelector('.sheet-inside');
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener('cancel', (event) => {
      if (!this.#isDeciding) return;
      event.preventDefault(); // the way out of what was asked is not the way out of it all
      this.#keep();
    });
    this.dialog.addEventListener('close', () => {
      const id = this.#id;
      this.#id = null;
      if (id) emit(this, 'sheet-closed', { id });
    });
    this.inside.addEventListener('click', ({ target }) => this.#pressed(target.closest('[data-act]')));
    this.inside.addEventListener('input', ({ target }) => this.#foretell(target.form));
    this.inside.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(event.target);
    });
  }

  async open(id, me) {
    if (id !== this.#id) {
      this.inside.replaceChildren(); // what is offered for one is not done with another
      this.known = null;
      this.#drawn = '';
      this.#words = '';
    }
    this.me = me;
    this.#id = id;
    try {
      await this.#read();
    } catch (problem) {
      if (this.#id === id) this.close();
      throw problem;
    }
    if (this.#id === id && this.known !== null && !this.dialog.open) this.dialog.showModal();
  }

  close() {
    this.#id = null;
    this.dialog.close();
  }

  /** As it is now, unless somebody is about to do something: then what they look at stays. */
  async refresh() {
    if (!this.dialog.open || this.#isDeciding) return true;
    try {
      await this.#read(() => !this.#isDeciding);
      return true;
    } catch {
      return false; // what is there stays there: the next turn asks again, after a longer while
    }
  }

  /** Whether it changes by itself before long. */
  get isUnderWay() {
    return this.dialog.open && this.known !== null && this.moves(this.known);
  }

  moves() {
    return false;
  }

  head(title, beneath) {
    return html`
      <header class="sheet-head">
        <div>
          <h2 id="${this.localName}-title" tabindex="-1">${title}</h2>
          <p class="quiet">${beneath}</p>
        </div>
        <button type="button" class="icon-button" data-act="close" aria-label="Close">${icon('cross')}</button>
      </header>
    `;
  }

  /** What may be done; `next` is what is proposed. */
  offer(acts, next) {
    return html`
      <div class="sheet-actions deeds">${acts.map((act) => html`<button type="button" class="button ${act === next ? 'primary' : ''}" data-act="${act}">${this.deeds[act].words}</button>`)}</div>
      <div class="sheet-form"></div>
      <p class="form-error" role="alert"></p>
    `;
  }

  /** What has happened, the latest first; null where that could not be read. */
  history(facts, nameOf, buyer) {
    return html`
      <h3>History</h3>
      <ol class="history">
        ${facts === null && html`<li class="quiet">It could not be read.</li>`}
        ${facts?.length === 0 && html`<li class="quiet">Nothing is told of it yet.</li>`}
        ${facts?.toReversed().map((fact) => told(fact, nameOf, { buyer, me: this.me }))}
      </ol>
    `;
  }

  get #isDeciding() {
    return this.inside.querySelector('.sheet-form form') !== null;
  }

  /** What was asked for last counts: an answer that comes behind it is older. */
  async #read(mayShow = () => true) {
    const [id, mine] = [this.#id, ++this.#asked];
    const known = await this.read(id);
    if (mine === this.#asked && this.#id === id && mayShow()) this.#show(known);
  }

  /** Draws it if there is anything new, and keeps the focus on what it was on, and why something was not done. */
  #show(known) {
    this.known = known;
    const drawn = String(this.draw(known));
    if (drawn === this.#drawn) return;
    const at = this.inside.contains(document.activeElement) ? document.activeElement : null;
    this.inside.innerHTML = this.#drawn = drawn;
    this.#refuse(this.#words);
    const same = [...this.inside.querySelectorAll('a, [data-act]')].find((one) => at && isSame(one, at));
    if (same) same.focus();
    else if (this.dialog.open) this.#atTop();
  }

  #atTop() {
    this.inside.querySelector('h2').focus();
  }

  #pressed(button) {
    const act = button?.dataset.act;
    if (act === 'close') this.dialog.close();
    else if (act === 'keep') this.#keep();
    else if (act && this.deeds[act].sure) this.#ask(act);
    else if (act) this.#do(button, act, {});
  }

  /** What ends something or moves money is not done before it was said what it does. */
  #ask(act) {
    const { fields, tone = '', sure } = this.deeds[act];
    this.#refuse('');
    const place = this.inside.querySelector('.sheet-form');
    place.innerHTML = html`
      <form class="card" data-deed="${act}" novalidate>
        ${fields?.(this.known)}
        <p class="will" id="${this.localName}-will" aria-live="polite"></p>
        <div class="sheet-actions">
          <button class="button ${tone}" type="submit" aria-describedby="${this.localName}-will">${sure}</button>
          <button class="button quiet-button" type="button" data-act="keep">No, leave it</button>
        </div>
      </form>
    `;
    this.inside.querySelector('.deeds').hidden = true;
    this.#foretell(place.querySelector('form'));
    place.querySelector('input, select, button').focus();
  }

  #keep() {
    const { deed } = this.inside.querySelector('.sheet-form form').dataset;
    this.inside.querySelector('.sheet-form').replaceChildren();
    this.inside.querySelector('.deeds').hidden = false;
    this.#refuse('');
    this.inside.querySelector(`[data-act="${deed}"]`)?.focus();
  }

  #foretell(form) {
    const { will } = this.deeds[form.dataset.deed];
    form.querySelector('.will').textContent = will?.(this.known, new FormData(form)) ?? '';
    clearErrors(form);
  }

  #send(form) {
    const act = form.dataset.deed;
    const { body = {}, wrong = [] } = this.deeds[act].said?.(this.known, new FormData(form)) ?? {};
    if (!showErrors(form, wrong)) this.#do(form.querySelector('[type="submit"]'), act, body, form);
  }

  async #do(button, act, body, form = null) {
    const id = this.#id;
    this.#refuse('');
    try {
      await whileBusy(button, async () => {
        const answer = await postOnce(this.path(id, act), body, { version: this.known.version });
        emit(this, 'deed-done', { words: this.deeds[act].done(answer) });
        if (this.#id === id) await this.#did(form);
      });
    } catch (problem) {
      const words = kindly(problem, { 402: problem.detail, 409: problem.detail });
      if (this.#id !== id) emit(this, 'failed', { words });
      else if (!form || !showErrors(form, problem.errors ?? [])) await this.#failed(problem, words);
    }
  }

  async #did(form) {
    form?.remove();
    this.#drawn = '';
    await this.#read().catch(() => {}); // it is done all the same, and read again before long
    this.#atTop();
  }

  /** What was refused may have been decided on something that is not so any more: it is shown as it is now. */
  async #failed({ status }, words) {
    this.#refuse(words);
    if (REFUSED.includes(status)) await this.#read().catch(() => {}); // then it stays as it is, with why it was refused
  }

  #refuse(words) {
    this.#words = words;
    this.inside.querySelector('.form-error').textContent = words;
  }
}

const isSame = (one, other) => one.dataset.act === other.dataset.act && one.getAttribute('href') === other.getAttribute('href');

const told = ({ type, at, by, because, amount, currency }, nameOf, who) => html`
  <li>
    <strong>${nameOf(type)}${amount !== undefined && html` <span class="quiet">${formatMoney(amount, currency)}</span>`}</strong>
    <span class="quiet">${toSecond(at)}, by ${actor(by, who)}${because && html`: ${because}`}</span>
  </li>
`;
