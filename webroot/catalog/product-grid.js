import { html } from '../lib/html.js';
import { emit, mirror, showWhen } from '../lib/element.js';
import { icon } from '../lib/icons.js';
import './product-card.js';

/** The catalogue: cards, a button for more of them, and something kind while there are none. */
class ProductGrid extends HTMLElement {
  connectedCallback() {
    this.innerHTML = html`
      <div class="grid skeletons" data-when="loading" aria-hidden="true">${Array.from({ length: 8 }, () => html`<i></i>`)}</div>
      <div class="notice" data-when="empty" hidden>
        ${icon('tag')}
        <h2>The shelves are still empty</h2>
        <p>Be the first to put something on them.</p>
        <a class="button primary" href="#/sell">Add a product</a>
      </div>
      <div class="notice" data-when="failed" hidden>
        ${icon('bag')}
        <h2>The shop did not open</h2>
        <p></p>
        <button type="button" class="button primary" data-act="retry">Try again</button>
      </div>
      <div class="grid" role="list" aria-label="Products"></div>
      <div class="more" hidden><button type="button" class="button" data-act="more">Show more products</button></div>
    `;
    this.querySelector('[data-act="more"]').addEventListener('click', (event) => emit(event.target, 'more-products'));
    this.querySelector('[data-act="retry"]').addEventListener('click', (event) => emit(event.target, 'load-products'));
  }

  update({ products, nextCursor, loaded }) {
    showWhen(this, products.length > 0 ? 'full' : loaded ? 'empty' : 'loading');
    this.querySelector('.more').hidden = !nextCursor;
    mirror(this.querySelector('[role="list"]'), products, () => document.createElement('product-card'));
  }

  fail(why) {
    this.querySelector('[data-when="failed"] p').textContent = why;
    showWhen(this, 'failed');
  }
}

customElements.define('product-grid', ProductGrid);
