import { html } from '../lib/html.js';
import { emit, mirror, showWhen } from '../lib/element.js';
import { clearErrors, showErrors } from '../lib/form.js';
import { icon } from '../lib/icons.js';
import { kindly } from '../lib/kindly.js';
import { drawArt } from '../catalog/product-art.js';
import { proofOf, termsOf } from './booth.js';

/** A seller's products, each with its flash sale: to be opened, to be watched, to be closed, to be proven. */
class SaleBooth extends HTMLElement {
  connectedCallback() {
    this.innerHTML = html`
      <p class="quiet" data-when="stranger">Sign in to see your products here, and to open flash sales of them.</p>
      <div class="skeletons" data-when="loading" aria-hidden="true" hidden><i></i></div>
      <p class="quiet" data-when="empty" hidden>You have no products yet: the first one that you add stands here.</p>
      <div class="booths" role="list" aria-label="My products"></div>
      <div class="more" hidden><button type="button" class="button" data-act="more-books">Show more</button></div>
    `;
    const more = this.querySelector('[data-act="more-books"]');
    more.addEventListener('click', () => emit(more, 'more-books', {}));
  }

  update(user, { books, titles, proofs, nextCursor, loaded }) {
    showWhen(this, !user ? 'stranger' : books.length > 0 ? 'full' : loaded ? 'empty' : 'loading');
    this.querySelector('.more').hidden = !nextCursor;
    const items = books.map((book) => ({ ...book, title: titles.get(book.id) ?? '', proof: proofs.get(book.id) }));
    mirror(this.querySelector('.booths'), items, () => document.createElement('product-booth'));
  }

  refuse(id, problem) {
    this.querySelector(`[data-key="${CSS.escape(id)}"]`)?.refuse(problem);
  }
}

/** One product of theirs. */
class ProductBooth extends HTMLElement {
  #id = '';
  #proof = null;

  update({ id, title, available, reserved, allocated, sold, sale, proof }) {
    if (this.firstElementChild === null) this.#build(id, title);
    const badge = this.querySelector('.badge');
    badge.hidden = !sale;
    showWhen(this, sale ? 'open' : 'closed');
    this.querySelector('.booth-books').textContent =
      `${available} left · ${reserved} kept · ${allocated} paid · ${sold} sent`;
    if (sale) this.#showLine(sale);
    this.#showProof(proof);
  }

  refuse(problem) {
    if (showErrors(this.form, problem.errors ?? [])) return;
    this.querySelector('.form-error').textContent = kindly(problem);
  }

  #build(id, title) {
    this.#id = id;
    this.setAttribute('role', 'listitem');
    this.innerHTML = html`
      <article class="booth panel" aria-label="${title}">
        <header class="booth-head">
          <span class="booth-art">${drawArt(title)}</span>
          <div>
            <h3>${title}</h3>
            <p class="booth-books quiet"></p>
          </div>
          <span class="badge" data-status="created" hidden><i class="dot"></i>Flash sale</span>
        </header>
        <form class="booth-terms" data-when="closed" novalidate>
          <label class="field">
            <span>At most for each</span>
            <input name="perCustomer" inputmode="numeric" autocomplete="off" value="1" aria-describedby="each-${id}" />
            <span class="field-error" id="each-${id}" data-error="perCustomer"></span>
          </label>
          <label class="field">
            <span>Minutes to order</span>
            <input name="minutes" inputmode="numeric" autocomplete="off" value="2" aria-describedby="minutes-${id}" />
            <span class="field-error" id="minutes-${id}" data-error="minutes"></span>
          </label>
          <button type="submit" class="button soft">Open a flash sale<span class="sr-only"> of ${title}</span></button>
        </form>
        <div class="booth-line" data-when="open" hidden>
          <dl></dl>
          <p class="quiet booth-said"></p>
          <div class="booth-acts">
            <button type="button" class="button quiet-button" data-act="ask">End the flash sale</button>
            <span class="confirm" hidden>
              <button type="button" class="button danger" data-act="close">Yes, end it</button>
              <button type="button" class="button quiet-button" data-act="keep">Go on</button>
            </span>
          </div>
        </div>
        <p class="form-error" role="alert"></p>
        <div class="booth-proof" role="status"></div>
        <button type="button" class="button small quiet-button" data-act="prove">
          Check the books<span class="sr-only"> of ${title}</span>
        </button>
      </article>
    `;
    this.form = this.querySelector('form');
    this.form.addEventListener('submit', (event) => this.#open(event));
    this.addEventListener('click', (event) => this.#act(event.target.closest('[data-act]')));
  }

  #open(event) {
    event.preventDefault();
    clearErrors(this.form);
    this.querySelector('.form-error').textContent = '';
    const { perCustomer, minutes } = this.form.elements;
    const { terms, errors } = termsOf({ perCustomer: perCustomer.value, minutes: minutes.value });
    if (errors) showErrors(this.form, errors);
    else emit(this.querySelector('[type="submit"]'), 'open-sale', { id: this.#id, terms });
  }

  #act(button) {
    if (!button) return;
    const { act } = button.dataset;
    if (act === 'close') emit(button, 'close-sale', { id: this.#id });
    else if (act === 'prove') emit(button, 'prove-books', { id: this.#id });
    else this.#confirm(act === 'ask');
  }

  #confirm(asked) {
    this.querySelector('[data-act="ask"]').hidden = asked;
    this.querySelector('.confirm').hidden = !asked;
    this.querySelector(asked ? '[data-act="keep"]' : '[data-act="ask"]').focus();
  }

  #showLine({ waiting, admitted, left, perCustomer, windowSeconds }) {
    this.querySelector('dl').innerHTML = html`
      <div><dt>wait</dt><dd>${waiting}</dd></div>
      <div><dt>let in</dt><dd>${admitted}</dd></div>
      <div><dt>gave up</dt><dd>${left}</dd></div>
    `;
    const time = windowSeconds % 60 === 0 ? `${windowSeconds / 60} min` : `${windowSeconds} s`;
    this.querySelector('.booth-said').textContent = `At most ${perCustomer} for each, ${time} to order.`;
  }

  /** When it is closed, the question about that is over too. */
  #showProof(audit) {
    if (!audit || audit === this.#proof) return;
    this.#proof = audit;
    const { good, title, sentences } = proofOf(audit);
    if (this.querySelector('.confirm').hidden === false) {
      this.querySelector('.confirm').hidden = true;
      this.querySelector('[data-act="ask"]').hidden = false;
      this.querySelector('[data-act="prove"]').focus();
    }
    const note = this.querySelector('.booth-proof');
    note.dataset.good = good;
    note.innerHTML = html`
      <p class="booth-verdict">${icon(good ? 'check' : 'cross')} ${title}</p>
      ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
    `;
  }
}

customElements.define('product-booth', ProductBooth);
customElements.define('sale-booth', SaleBooth);
