/**
 * The products on the screen, as a fold of what was read and what the addresses `stock` and `sale` said. Pure.
 *
 * `heard` keeps the last stock message per product, because a message may overtake the page that it belongs to.
 */
export const emptyShelf = { products: [], heard: new Map(), nextCursor: null, loaded: false };

/** Stock messages speak of the whole shop; more than this many need not be remembered for pages still to come. */
const HEARD_AT_MOST = 500;

export function reduce(state, event) {
  switch (event.type) {
    case 'page.read':
      return show(state, event.first ? event.items : appended(state.products, event.items), event.nextCursor);
    case 'product.read':
      return replace(state, event.product);
    case 'product.added':
      return { ...state, products: [event.product, ...state.products.filter(({ id }) => id !== event.product.id)] };
    case 'product.missing':
      return { ...state, products: state.products.filter(({ id }) => id !== event.id) };
    case 'line.renewed':
      return { ...state, heard: new Map() };
    case 'stock':
      return hear(state, event);
    case 'sale':
      return mark(state, event);
    default:
      return state;
  }
}

function appended(products, more) {
  const shown = new Set(products.map(({ id }) => id));
  return [...products, ...more.filter(({ id }) => !shown.has(id))];
}

function show(state, products, nextCursor) {
  const counted = products.map((product) => {
    const message = state.heard.get(product.id);
    return message ? { ...product, quantity: message.quantity } : product;
  });
  return { ...state, products: counted, nextCursor: nextCursor ?? null, loaded: true };
}

function hear(state, message) {
  const last = state.heard.get(message.productId);
  if (last && last.version >= message.version) return state;
  const heard = new Map(state.heard);
  heard.delete(message.productId);
  heard.set(message.productId, message);
  if (heard.size > HEARD_AT_MOST) heard.delete(heard.keys().next().value);
  const products = state.products.map((product) =>
    product.id === message.productId ? { ...product, quantity: message.quantity } : product,
  );
  return { ...state, heard, products };
}

function mark(state, { productId, open }) {
  const changed = state.products.some(({ id, flashSale }) => id === productId && Boolean(flashSale) !== open);
  if (!changed) return state;
  return {
    ...state,
    products: state.products.map((product) => (product.id === productId ? { ...product, flashSale: open } : product)),
  };
}

function replace(state, product) {
  return { ...state, products: state.products.map((shown) => (shown.id === product.id ? product : shown)) };
}

const SCARCE = 5;
const COUNTED = 20;

/** The words on the stock badge, and how loud they are. */
export function stockOf({ quantity }) {
  if (quantity <= 0) return { text: 'Sold out', level: 'none' };
  if (quantity <= SCARCE) return { text: `${quantity} left`, level: 'scarce' };
  return { text: quantity <= COUNTED ? `${quantity} left` : 'In stock', level: 'plenty' };
}
