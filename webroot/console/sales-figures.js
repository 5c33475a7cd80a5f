import { html } from '../lib/html.js';
import { get } from '../lib/http.js';
import { kindly } from '../lib/kindly.js';
import { formatMoney } from '../lib/money.js';
import { addressOf } from './routes.js';
import { bars, bestProducts, ceiling, count, currencies, daysOf, nextDay, today, total } from './sales.js';

const WIDTH = 720;
const HEIGHT = 200;
const PAGES = 10;
const SPANS = [7, 30, 90];
const USUAL_SPAN = 30;
const short = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** What was sold, day by day, and which products best. */
class SalesFigures extends HTMLElement {
  #wanted = {};

  connectedCallback() {
    this.innerHTML = html`
      <div class="chips" role="group" aria-label="Time">
        ${SPANS.map((days) => html`<button type="button" class="chip" data-days="${days}" aria-pressed="false">${days} days</button>`)}
        <span class="chip-gap"></span>
        <span class="currencies chips" role="group" aria-label="Currency"></span>
      </div>
      <p class="quiet book-note" role="status"></p>
      <div class="figures"></div>
    `;
    this.addEventListener('click', ({ target }) => {
      const { days, currency } = target.closest('.chip')?.dataset ?? {};
      if (days ?? currency) location.hash = addressOf('sales', null, { ...this.#wanted, ...(days ? { days } : { currency }) });
    });
  }

  async look(wanted) {
    this.#wanted = wanted;
    const span = SPANS.find((days) => String(days) === wanted.days) ?? USUAL_SPAN;
    const note = this.querySelector('.book-note');
    for (const chip of this.querySelectorAll('[data-days]')) {
      chip.setAttribute('aria-pressed', String(Number(chip.dataset.days) === span));
    }
    const to = today();
    const from = nextDay(to, 1 - span);
    try {
      const [days, products] = await Promise.all([all('day', from, to), all('product', from, to)]);
      if (wanted !== this.#wanted) return;
      note.textContent = '';
      this.#draw(days, products, from, to);
    } catch (problem) {
      if (wanted === this.#wanted) note.textContent = kindly(problem);
    }
  }

  /** Days are long: their figures are read when somebody comes for them. */
  async refresh() {
    return true;
  }

  #draw(items, products, from, to) {
    const known = currencies(items);
    const currency = known.includes(this.#wanted.currency) ? this.#wanted.currency : (known[0] ?? 'USD');
    this.querySelector('.currencies').innerHTML = html`${known.length > 1 &&
    known.map((one) => html`<button type="button" class="chip" data-currency="${one}" aria-pressed="${String(one === currency)}">${one}</button>`)}`;
    const days = daysOf(items, currency, from, to);
    this.querySelector('.figures').innerHTML = html`
      <ul class="tiles">
        ${tile('Revenue', formatMoney(total(days, 'revenue'), currency))} ${tile('Orders', count(days, 'orders'))}
        ${tile('Units', count(days, 'units'))} ${tile('Given back', formatMoney(total(days, 'refunds'), currency))}
        ${total(days, 'losses') > 0 && tile('Lost in disputes', formatMoney(total(days, 'losses'), currency))}
      </ul>
      <figure class="card chart">
        <figcaption>Revenue by day, in ${currency}</figcaption>
        ${chart(days, currency)}
      </figure>
      <section class="card best" aria-labelledby="best-heading">
        <h2 id="best-heading">Products</h2>
        ${best(bestProducts(products, currency), currency)}
      </section>
    `;
  }
}

/** All pages, within reason. */
async function all(by, from, to) {
  const items = [];
  let cursor = null;
  for (let page = 0; page < PAGES; page++) {
    const asked = new URLSearchParams({ by, from, to, limit: '100', ...(cursor && { cursor }) });
    const read = await get(`/api/ops/sales?${asked}`);
    items.push(...read.items);
    cursor = read.nextCursor;
    if (cursor === null) break;
  }
  return items;
}

const tile = (name, value) => html`<li class="card tile"><span class="quiet">${name}</span><strong>${value}</strong></li>`;

function chart(days, currency) {
  const drawn = bars(days, { width: WIDTH, height: HEIGHT });
  const top = ceiling(Math.max(...days.map(({ revenue }) => revenue), 0));
  const words = `From ${days[0].day} to ${days.at(-1).day}: ${formatMoney(total(days, 'revenue'), currency)} in ${count(days, 'orders')} orders.`;
  return html`
    <svg viewBox="-56 -12 ${WIDTH + 64} ${HEIGHT + 44}" role="img" aria-label="${words}">
      ${[0, 0.5, 1].map((part) => html`
        <line class="grid" x1="0" x2="${WIDTH}" y1="${HEIGHT * (1 - part)}" y2="${HEIGHT * (1 - part)}" />
        <text class="axis" x="-8" y="${HEIGHT * (1 - part) + 4}" text-anchor="end">${formatMoney(top * part, currency)}</text>
      `)}
      ${drawn.map(({ day, x, width, height, back }) => html`
        <g>
          <title>${day.day}: ${formatMoney(day.revenue, currency)}, ${day.orders} orders, ${formatMoney(day.refunds, currency)} back</title>
          <rect class="hit" x="${x}" y="0" width="${width}" height="${HEIGHT}" />
          <rect class="earned" x="${x}" y="${HEIGHT - height}" width="${width}" height="${height}" rx="3" />
          <rect class="back" x="${x}" y="${HEIGHT - back}" width="${width}" height="${back}" rx="3" />
        </g>
      `)}
      ${[0, Math.floor((days.length - 1) / 2), days.length - 1].map((i) => html`
        <text class="axis" x="${drawn[i].x + drawn[i].width / 2}" y="${HEIGHT + 22}" text-anchor="middle">${short.format(new Date(days[i].day))}</text>
      `)}
    </svg>
  `;
}

const best = (products, currency) =>
  products.length === 0
    ? html`<p class="quiet">Nothing was sold in this time.</p>`
    : html`<ol class="sheet-lines">
        ${products.map((product) => html`
          <li>
            <span>${product.title ?? product.productId}</span>
            <span class="quiet">${product.units} sold${product.returned > 0 && html`, ${product.returned} back`}</span>
            <span class="row-sum">${formatMoney(product.revenue, currency)}</span>
          </li>
        `)}
      </ol>`;

customElements.define('sales-figures', SalesFigures);
