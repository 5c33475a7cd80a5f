import { cents } from '../lib/money.js';

/**
 * The visitor's cart, as a fold of what was read, heard and pressed. Pure.
 *
 * `pressed` holds the quantities that are on their way to the server: they are shown at once, and the server's answer
 * has the last word. `wanted` is a version that we know to exist and have not read. `stocks` is what was heard last of
 * a product: how many are left, and how many of those that are not this cart holds itself.
 */
export const unknownCart = { cart: null, pressed: new Map(), wanted: 0, ordered: null, stocks: new Map() };

export function reduce(state, event) {
  switch (event.type) {
    case 'cart.read':
      return read(state, event.cart);
    case 'cart':
      return hear(state, event.version);
    case 'quantity.pressed':
      return press(state, event.productId, event.quantity);
    case 'quantity.answered':
      return answered(state, event.productId, event.quantity);
    case 'stock':
    case 'held':
      return count(state, event);
    case 'sale':
      return queue(state, event);
    case 'cart.ordered':
      return { ...state, ordered: { orderId: event.orderId, version: state.cart.version } };
    case 'visitor.changed':
      return unknownCart;
    default:
      return state;
  }
}

/** Versions count within one cart: an older answer of the same one came late. */
function read(state, cart) {
  const late = state.cart?.guest === cart.guest && state.cart.version > cart.version;
  if (late) return state;
  const ordered = state.ordered?.version === cart.version ? state.ordered : null;
  const items = cart.items.map((item) => renewed(item, state.stocks.get(item.productId)));
  return { ...state, cart: { ...cart, items }, ordered, wanted: state.wanted > cart.version ? state.wanted : 0 };
}

function hear(state, version) {
  if (!Number.isInteger(version) || version <= Math.max(state.wanted, state.cart?.version ?? -1)) return state;
  return { ...state, wanted: version };
}

function press(state, productId, quantity) {
  return { ...state, pressed: new Map(state.pressed).set(productId, quantity) };
}

/** Unless something else was pressed meanwhile. */
function answered(state, productId, quantity) {
  if (state.pressed.get(productId) !== quantity) return state;
  const pressed = new Map(state.pressed);
  pressed.delete(productId);
  return { ...state, pressed };
}

/** Products in carts are few; what is heard of all others need not be remembered for ever. */
const STOCKS_AT_MOST = 500;

/** What is left of a product, and what this cart holds of it, change whether there is enough of it, and nothing else. */
function count(state, news) {
  const known = state.stocks.get(news.productId);
  const stock = heard(known, news);
  if (stock === known) return state;
  const stocks = new Map(state.stocks);
  stocks.delete(news.productId);
  stocks.set(news.productId, stock);
  if (stocks.size > STOCKS_AT_MOST) stocks.delete(stocks.keys().next().value);
  const items = state.cart?.items.map((item) => (item.productId === news.productId ? recounted(item, stock) : item));
  const changed = items?.some((item, i) => item !== state.cart.items[i]);
  return { ...state, stocks, cart: changed ? { ...state.cart, items } : state.cart };
}

/** What is sold in a flash sale is bought there, by whoever is held some; when that is over, as before. */
function queue(state, { productId, open }) {
  const item = state.cart?.items.find((one) => one.productId === productId);
  if (!item || item.gone) return state;
  const flashSale = open && !(item.held?.quantity >= item.quantity);
  if (flashSale === Boolean(item.flashSale)) return state;
  const { flashSale: _, ...rest } = item;
  const now = flashSale ? { ...rest, flashSale } : rest;
  const items = state.cart.items.map((one) => (one === item ? now : one));
  return { ...state, cart: { ...state.cart, items } };
}

/** Everybody hears what is left, and only we what we hold: of the same moment, in either order. */
function heard(known, { type, quantity, version, held, until }) {
  const isNews = type === 'held' && !(known?.held?.version >= version);
  if (known?.version >= version && !isNews) return known;
  const mine = isNews ? { quantity: held, until, version } : known?.held;
  return known?.version > version ? { ...known, held: mine } : { left: quantity, version, held: mine };
}

/** A line with as many as can be had of it now. */
function recounted(item, stock) {
  if (item.gone) return item;
  const held = stock.held?.version > (item.held?.version ?? -1) ? stock.held : item.held;
  const { available: before, ...rest } = item;
  const there = stock.left + (held?.quantity ?? 0);
  const available = there < item.quantity ? there : undefined;
  if (available === before && held === item.held) return item;
  return { ...rest, ...(held && { held }), ...(available !== undefined && { available }) };
}

/** A line that was read tells of a moment: what was heard of a later one counts. */
const renewed = (item, stock) => (item.held?.version < stock?.version ? recounted(item, stock) : item);

/**
 * The lines with what was pressed, and what they cost, in whole cents. What the vouchers take off, the server says: while
 * an answer is on its way, it is the sum of what can be bought.
 */
export function shown({ cart, pressed, ordered }) {
  const held = ordered !== null || Boolean(cart?.lockedBy);
  const told = pressed.size === 0;
  const items = (cart?.items ?? [])
    .map((item) => overlay(item, pressed.get(item.productId), held))
    .map((item) => (told ? item : { ...item, discounts: [] }));
  const payable = items.filter(({ gone }) => !gone);
  const sum = payable.reduce((cost, { price, quantity }) => cost + cents(price) * quantity, 0) / 100;
  const vouchers = cart?.vouchers ?? [];
  return {
    items,
    vouchers: told ? vouchers : vouchers.map(({ code }) => ({ code })),
    count: items.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotal: sum,
    total: told && vouchers.length > 0 ? cart.total : sum,
    currency: cart?.currency ?? 'USD',
  };
}

/** What the visitor's own order holds is not missing. */
function overlay(item, quantity, held) {
  const { available, flashSale, ...rest } = item;
  const counted = held ? rest : item;
  return quantity === undefined ? counted : { ...counted, quantity };
}

/** What the visitor has to look at before the order: the name of a flag, or null. */
export function flagOf({ gone, flashSale, available, quantity, priceChanged, titleChanged, cut }) {
  if (gone) return 'gone';
  if (flashSale) return 'sale';
  if (available !== undefined && available < quantity) return available > 0 ? 'short' : 'out';
  if (priceChanged) return 'price';
  if (titleChanged) return 'title';
  return cut ? 'cut' : null;
}

const IN_THE_WAY = new Set(['gone', 'sale', 'short', 'out', 'price', 'title']);

/** Why the order cannot be placed now, or null when it can. */
export function obstacle(state) {
  const { items } = shown(state);
  if (items.length === 0) return 'empty';
  if (state.cart.lockedBy) return 'locked';
  if (state.pressed.size > 0) return 'busy';
  return items.some((item) => IN_THE_WAY.has(flagOf(item))) ? 'flagged' : null;
}

/** What somebody typed or pasted, as a voucher's code; null when it cannot be one. */
export function codeOf(text) {
  const code = text.trim().toUpperCase();
  return /^[A-Z0-9-]{4,32}$/.test(code) ? code : null;
}

/** How a line comes to its price: each voucher's part, and what is left; nothing when it costs what it says. */
export function explained({ discounts = [], total }, vouchers) {
  if (discounts.length === 0) return null;
  const percent = new Map(vouchers.map((one) => [one.code, one.percent]));
  return { cuts: discounts.map((cut) => ({ ...cut, percent: percent.get(cut.code) })), total };
}
