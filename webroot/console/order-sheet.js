import { html } from '../lib/html.js';
import { emit } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import { get, postOnce } from '../lib/http.js';
import { showErrors, whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney, times } from '../lib/money.js';
import { nameOf } from '../orders/orders.js';
import { addressOf } from './routes.js';
import { MARKS, STATUS as PAID, marksOf } from './payment-book.js';
import { DOUBTS, FULFILMENT, PAYMENT, STATUS, actions, actor, doubtOf, eventName, isAbout, leftOf, nextOf } from './order-book.js';

const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

const WORDS = {
  request: 'Ask for the payment',
  confirm: 'Confirm',
  ship: 'Ship',
  deliver: 'It was delivered',
  return: 'Take goods back',
  cancel: 'Cancel the order',
};

const REASONS = {
  'not-wanted': 'Not wanted',
  'wrong-item': 'Wrong item',
  damaged: 'Damaged',
  'not-delivered': 'Not delivered',
  other: 'Other',
};

/** One order with all that is known of it, and what may be done next. */
class OrderSheet extends HTMLElement {
  #id = null;
  #order = null;
  #next = null;
  #me = null;

  connectedCallback() {
    this.innerHTML = html`<dialog class="sheet" aria-labelledby="sheet-title"><div class="sheet-inside"></div></dialog>`;
    this.dialog = this.querySelector('dialog');
    this.inside = this.querySelector('.sheet-inside');
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener('close', () => {
      const id = this.#id;
      this.#id = null;
      if (id) emit(this, 'sheet-closed', { id });
    });
    this.inside.addEventListener('click', ({ target }) => this.#pressed(target.closest('[data-act]')));
    this.inside.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(event.target);
    });
  }

  async open(id, me) {
    this.#me = me;
    this.#id = id;
    try {
      const [order, payment] = await this.#read(id);
      if (this.#id !== id) return;
      this.#show(order, payment);
    } catch (problem) {
      this.#id = null;
      throw problem;
    }
    if (!this.dialog.open) this.dialog.showModal();
  }

  close() {
    this.#id = null;
    this.dialog.close();
  }

  /** What may be done with an order is not told from the order alone. */
  #read(id) {
    const payment = get(`/api/ops/payments?order=${encodeURIComponent(id)}`).then(
      ({ items: [one = null] }) => one,
      () => undefined, // then it is said that nobody knows
    );
    return Promise.all([get(`/api/orders/${encodeURIComponent(id)}`), payment]);
  }

  #show(order, payment) {
    this.#order = order;
    const doubt = order.status === 'complete' ? doubtOf(order, payment) : null;
    this.#next = nextOf(order, payment);
    this.inside.innerHTML = html`
      <header class="sheet-head">
        <div>
          <h2 id="sheet-title" tabindex="-1">${nameOf(order)}</h2>
          <p class="quiet">${moment.format(new Date(order.createdAt))}</p>
        </div>
        <button type="button" class="icon-button" data-act="close" aria-label="Close">${icon('cross')}</button>
      </header>
      <p class="row-states">
        <span class="badge" data-status="${order.status}">${STATUS[order.status] ?? order.status}</span>
        ${isAbout(order) && html`<span class="badge plain">${PAYMENT[order.paymentStatus] ?? order.paymentStatus}</span>`}
        ${order.status === 'complete' && html`<span class="badge plain">${FULFILMENT[order.fulfilmentStatus]}</span>`}
      </p>
      ${doubt && html`<p class="warning">${DOUBTS[doubt]}${payment && html` <a href="${addressOf('payments', payment.id)}">See the payment</a>`}</p>`}
      ${order.status === 'created' && order.captureUntil && html`<p>Capture first: the money is held until <time datetime="${order.captureUntil}">${moment.format(new Date(order.captureUntil))}</time>. What is not captured by then is let go of, and the order is cancelled.</p>`}
      <ul class="sheet-lines">
        ${order.items.map((item) => line(item, order))}
      </ul>
      <p class="sheet-total"><span class="quiet">Total</span> <strong>${formatMoney(order.total, order.currency)}</strong></p>
      <dl class="sheet-facts">
        <dt>Buyer</dt><dd><code>${order.userId}</code></dd>
        <dt>Order</dt><dd><code>${order.id}</code></dd>
        <dt>Payment</dt><dd>${paid(payment)}</dd>
        ${order.shipment && html`<dt>Shipment</dt><dd>${order.shipment.carrier} <code>${order.shipment.tracking}</code></dd>`}
        ${order.lost > 0 && html`<dt>Lost</dt><dd>${formatMoney(order.lost, order.currency)} in a dispute</dd>`}
        ${order.cancelledBecause && html`<dt>Cancelled</dt><dd>${order.cancelledBecause}</dd>`}
      </dl>
      <div class="sheet-actions">
        ${actions(order).map((act) => html`<button type="button" class="button ${act === this.#next ? 'primary' : 'quiet-button'}" data-act="${act}">${WORDS[act]}</button>`)}
      </div>
      <div class="sheet-form"></div>
      <p class="form-error" role="alert"></p>
      <h3>History</h3>
      <ol class="history"><li class="quiet">Reading…</li></ol>
    `;
    this.#readHistory(order);
  }

  async #readHistory(order) {
    const list = this.inside.querySelector('.history');
    try {
      const { items } = await get(`/api/orders/${encodeURIComponent(order.id)}/history`);
      const who = { buyer: order.userId, me: this.#me };
      list.innerHTML = html`${items.toReversed().map((event) => told(event, who))}`;
    } catch (problem) {
      list.innerHTML = html`<li class="quiet">${kindly(problem)}</li>`;
    }
  }

  #pressed(button) {
    const act = button?.dataset.act;
    if (!act) return;
    if (act === 'close') this.dialog.close();
    else if (FORMS[act]) this.#ask(act);
    else this.#do(button, act === 'request' ? 'payment/request' : act, {});
  }

  /** A form where there is something to say, or to think about again. */
  #ask(act) {
    const place = this.inside.querySelector('.sheet-form');
    place.innerHTML = html`<form class="card" data-deed="${act}" novalidate>
      ${FORMS[act](this.#order)}
      <button class="button ${act === 'cancel' ? 'danger' : this.#next === act ? 'primary' : ''}" type="submit">${WORDS[act]}</button>
    </form>`;
    place.querySelector('input, select, button').focus();
  }

  #send(form) {
    const said = new FormData(form);
    const button = form.querySelector('[type="submit"]');
    const act = form.dataset.deed;
    if (act === 'ship') {
      const shipment = { carrier: said.get('carrier').trim(), tracking: said.get('tracking').trim() };
      const missing = Object.keys(shipment).filter((field) => shipment[field] === '');
      if (showErrors(form, missing.map((field) => ({ field, message: 'Please write this.' })))) return;
      this.#do(button, act, shipment, form);
    } else if (act === 'return') {
      const items = leftOf(this.#order)
        .map(({ productId }) => ({ productId, quantity: Number(said.get(`back-${productId}`)) }))
        .filter(({ quantity }) => quantity > 0);
      if (items.length === 0) return this.#refuse('Please say how many came back.');
      this.#do(button, act, { items, reason: said.get('reason'), restock: said.get('restock') === 'on' }, form);
    } else this.#do(button, act, {}, form);
  }

  async #do(button, deed, body, form = null) {
    const { id } = this.#order;
    this.#refuse('');
    try {
      await whileBusy(button, async () => {
        await postOnce(`/api/orders/${encodeURIComponent(id)}/${deed}`, body);
        const [order, payment] = await this.#read(id);
        this.#show(order, payment);
        this.inside.querySelector('h2').focus();
        emit(this, 'order-changed', { order, deed });
      });
    } catch (problem) {
      if (!form || !showErrors(form, problem.errors ?? [])) this.#refuse(kindly(problem, { 409: problem.detail }));
    }
  }

  #refuse(words) {
    this.inside.querySelector('.form-error').textContent = words;
  }
}

function paid(payment) {
  if (payment === undefined) return html`<span class="quiet">Could not be read</span>`;
  if (payment === null) return html`<span class="quiet">None so far</span>`;
  const { id, status, amount, currency } = payment;
  return html`<a href="${addressOf('payments', id)}">${PAID[status] ?? status}, ${formatMoney(amount, currency)}</a>
    ${marksOf(payment).map((mark) => html` <span class="badge" data-mark="${mark}">${MARKS[mark] ?? mark}</span>`)}`;
}

const field = (name, label, rest) => html`
  <label class="field"><span>${label}</span>${rest}<span class="field-error" data-error="${name}"></span></label>
`;

const FORMS = {
  ship: () => html`
    ${field('carrier', 'Carrier', html`<input name="carrier" maxlength="60" autocomplete="off" />`)}
    ${field('tracking', 'Tracking number', html`<input name="tracking" maxlength="60" autocomplete="off" />`)}
  `,
  return: (order) => html`
    ${leftOf(order).map(({ productId, title, quantity }) =>
      field(`back-${productId}`, `${title}, of ${quantity}`, html`<input name="back-${productId}" type="number" min="0" max="${quantity}" value="0" inputmode="numeric" />`),
    )}
    ${field('reason', 'Why', html`<select name="reason">${Object.entries(REASONS).map(([id, words]) => html`<option value="${id}">${words}</option>`)}</select>`)}
    <label class="tick"><input type="checkbox" name="restock" checked /> It can be sold once more</label>
    <p class="quiet">What was paid for it goes back to the buyer.</p>
  `,
  cancel: () => html`<p>Its goods go back on the shelf, and the buyer is told that the shop has cancelled it.</p>`,
};

const line = (item, { currency }) => html`
  <li>
    <span>${item.title}</span>
    <span class="quiet">${item.quantity} × ${formatMoney(item.price, currency)}</span>
    <span class="row-sum">${formatMoney(times(item.price, item.quantity), currency)}</span>
  </li>
`;

const told = (event, who) => html`
  <li>
    <strong>${eventName(event.type)}</strong>
    <span class="quiet">${moment.format(new Date(event.at))}, by ${actor(event.by, who)}${event.because && html`: ${event.because}`}</span>
  </li>
`;

customElements.define('order-sheet', OrderSheet);
