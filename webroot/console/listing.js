import { emit, mirror } from '../lib/element.js';
import { whileBusy } from '../lib/form.js';
import { html } from '../lib/html.js';
import { get } from '../lib/http.js';
import { kindly } from '../lib/kindly.js';
import { MOST_WATCHED, PAGE, howMany, readRows, stillAt } from './rows.js';
import { addressOf } from './routes.js';

const hour = new Intl.DateTimeFormat('en', { timeStyle: 'short' });

/**
 * Rows that come page by page, and stay as the shop has them. What is looked for stands in the address. Arrow keys
 * move along the rows, Enter opens one.
 *
 * A list says where it is (`view`), which lists it has (`lists`), what can be looked for (`finder`), where its rows are
 * read (`pathOf`), how one is drawn (`row`), and that there are none (`nothing`); and what a row is known by, where the shop
 * does not say (`identified`).
 */
export class Listing extends HTMLElement {
  lists = [];
  finder = null;
  wanted = {};
  me = null;
  #items = [];
  #cursor = null;
  #reading = null;
  #readAt = 0;
  #at = null;

  connectedCallback() {
    this.innerHTML = html`
      ${this.finder && html`<form class="finder" role="search">${this.finder}<button class="button" type="submit">Find</button></form>`}
      ${this.lists.length > 0 && html`<nav class="chips" aria-label="State">${this.lists.map(({ id, name }) => html`<a class="chip" data-list="${id}">${name}</a>`)}</nav>`}
      <p class="quiet book-note" role="status"></p>
      <ul class="rows"></ul>
      <button type="button" class="button quiet-button more-rows" hidden>Show more</button>
    `;
    this.form = this.querySelector('form');
    this.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#seek(Object.fromEntries(new FormData(this.form)));
    });
    this.note = this.querySelector('.book-note');
    this.more = this.querySelector('.more-rows');
    this.more.addEventListener('click', () => whileBusy(this.more, () => this.#more()));
    this.rows = this.querySelector('.rows');
    this.rows.addEventListener('keydown', (event) => this.#move(event));
    this.rows.addEventListener('focusin', ({ target }) => (this.#at = target.closest('[data-key]').dataset.key));
  }

  /** What else is looked for when another of the lists is. */
  inList(list) {
    return { ...this.wanted, list };
  }

  /** `me` is whoever looks. */
  look(wanted = this.wanted, me = this.me) {
    this.me = me;
    this.wanted = wanted;
    for (const field of this.form?.querySelectorAll('[name]') ?? []) field.value = this.wanted[field.name] ?? '';
    for (const chip of this.querySelectorAll('[data-list]')) {
      chip.setAttribute('href', addressOf(this.view, null, this.inList(chip.dataset.list)));
      chip.setAttribute('aria-current', String(chip.dataset.list === this.wanted.list));
    }
    this.#say('Looking…');
    return this.#read(null, (problem) => {
      this.#learn([], null); // those of another list would be taken for this one's
      this.#say(kindly(problem));
    });
  }

  /** What is shown, as it is now. Answers whether the shop could be asked. */
  async refresh() {
    const shown = this.#items;
    const isStill = () => this.#reading === null && shown === this.#items;
    if (!isStill() || shown.length > MOST_WATCHED) return true;
    try {
      const { items, cursor } = await readRows((page) => this.#ask(page), Math.max(PAGE, shown.length));
      if (isStill()) this.#learn(items, cursor);
      return true;
    } catch {
      if (isStill() && shown.length > 0) this.#say(`The shop does not answer. This is as it was at ${hour.format(this.#readAt)}.`);
      return false; // the next turn asks again, after a longer while
    }
  }

  /** One has moved to another list. What is asked for at the moment may still have it here, so it counts no more. */
  leave(id) {
    this.#reading = null;
    this.#learn(this.#items.filter((one) => one.id !== id), this.#cursor);
  }

  known(id) {
    return this.#items.find((one) => one.id === id);
  }

  /** Puts the focus on a row, or on what is in its place; where there is none, at the top. */
  pointAt(id) {
    const row = this.#rowOf(id) ?? this.#rowOf(this.#at);
    const at = row?.querySelector('a, button') ?? this.closest('[data-view]').querySelector('h1');
    at.focus({ preventScroll: true });
  }

  #seek(fields) {
    const wanted = { ...this.wanted, ...fields, ...(fields.typed.trim() && { list: 'all' }) };
    const address = addressOf(this.view, null, wanted);
    if (location.hash === address) this.look();
    else location.hash = address;
  }

  async #more() {
    const before = this.#items.length;
    await this.#read(this.#cursor, (problem) => this.#say(kindly(problem)));
    if (this.#items.length > before) this.pointAt(this.#items[before].id);
  }

  /** Whoever asks for something else does not get what was asked for before. */
  async #read(cursor, failed) {
    const mine = (this.#reading = Symbol('reading'));
    try {
      const read = await readRows((page) => this.#ask(page), PAGE, cursor);
      if (mine === this.#reading) this.#learn(cursor === null ? read.items : [...this.#items, ...read.items], read.cursor);
    } catch (problem) {
      if (mine === this.#reading) failed(problem);
    } finally {
      if (mine === this.#reading) this.#reading = null;
    }
  }

  /** What a row is known by, where the shop does not say. */
  identified(item) {
    return item;
  }

  async #ask(page) {
    const { items, nextCursor } = await get(this.pathOf(this.wanted, page));
    return { items: items.map((item) => this.identified(item)), nextCursor };
  }

  #learn(items, cursor) {
    const isAmong = this.rows.contains(document.activeElement);
    this.#at = stillAt(this.#at, this.#items, items);
    this.#items = items;
    this.#cursor = cursor;
    this.#readAt = Date.now();
    this.#say(items.length === 0 ? this.nothing(this.wanted) : howMany(items, cursor));
    this.more.hidden = cursor === null;
    mirror(this.rows, items, () => this.#newRow());
    if (isAmong && !this.rows.contains(document.activeElement)) this.pointAt(this.#at);
    emit(this, 'listed', { count: items.length, more: cursor !== null });
  }

  /** It is drawn only when there is anything new, and never under the hands of somebody who writes in it. */
  #newRow() {
    const row = document.createElement('li');
    let drawn = '';
    row.update = (item) => {
      const now = String(this.row(item));
      if (now === drawn || row.querySelector('form')) return;
      row.innerHTML = drawn = now;
    };
    return row;
  }

  #rowOf(id) {
    return this.rows.querySelector(`[data-key="${CSS.escape(id ?? '')}"]`);
  }

  #say(words) {
    if (this.note.textContent !== words) this.note.textContent = words;
  }

  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = [...this.rows.querySelectorAll('a.row')];
    const next = step && rows[rows.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
