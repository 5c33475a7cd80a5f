import { openBus } from './lib/bus.js';
import { whileBusy } from './lib/form.js';
import { kindly } from './lib/kindly.js';
import { watchSession } from './lib/refresh.js';
import { countdown, plural } from './lib/clock.js';
import { formatMoney } from './lib/money.js';
import { resetToken, showRoute } from './routes.js';
import { openSession } from './account/session.js';
import { openShelf } from './catalog/shelf.js';
import { openBasket } from './cart/cart-basket.js';
import { obstacle, shown } from './cart/cart.js';
import { openDesk } from './orders/order-desk.js';
import { countOpen, nameOf, turned } from './orders/orders.js';
import { openSales } from './sales/sales-desk.js';
import './lib/connection-light.js';
import './lib/theme-switch.js';
import './lib/toast-stack.js';
import './account/account-button.js';
import './account/reset-form.js';
import './account/sign-in-dialog.js';
import './cart/cart-panel.js';
import './catalog/product-form.js';
import './catalog/product-grid.js';
import './orders/order-list.js';

const ORDERS = 'orders.me';
const CART = 'cart.me';
const STOCK = 'stock';
const SALE = 'sale';
const MY_TURN = 'sale.me';

const part = (selector) => document.querySelector(selector);
const grid = part('product-grid');
const list = part('order-list');
const panel = part('cart-panel');
const dialog = part('sign-in-dialog');
const light = part('connection-light');
const toasts = part('toast-stack');

const session = openSession();
const shelf = openShelf();
const sales = openSales();
const basket = openBasket({ isMine: ({ guest }) => guest === !session.user, doubt: () => checkSession() });
let desk = null;
let bus = null;
let live = false;

/* What the visitor may do: the name of an action that bubbles up → what is done. */

const ACTIONS = {
  'ask-sign-in': ({ why }) => dialog.open(why),
  'sign-in': (who, button) => enter(button, () => session.signIn(who.email, who.password)),
  'sign-up': (who, button) => enter(button, () => session.signUp(who.email, who.password)),
  'ask-reset': askReset,
  'reset-password': resetPassword,
  'sign-out': (_, button) => attempt(button, () => session.signOut()),
  'load-products': () => loadProducts(),
  'more-products': (_, button) => attempt(button, () => shelf.more()),
  'more-orders': (_, button) => attempt(button, () => desk.more()),
  'cancel-order': ({ id }, button) => attempt(button, () => desk.cancel(id)),
  'pay-order': ({ id }, button) => attempt(button, () => desk.pay(id)),
  'order-due': ({ id }) => desk?.doubt(id),
  'add-to-cart': addToCart,
  'set-in-cart': setInCart,
  'remove-from-cart': ({ productId }, button) => changeCart(button, () => basket.remove(productId)),
  'empty-cart': (_, button) => changeCart(button, () => basket.empty()),
  'place-order': placeOrder,
  'join-line': ({ product }, button) => joinLine(product, button),
  'leave-line': ({ product }, button) => attempt(button, () => sales.leave(product.id)),
  'order-turn': orderTurn,
  'turn-over': ({ id }) => loadTicket(id),
  'add-product': addProduct,
};

for (const [action, act] of Object.entries(ACTIONS)) {
  document.addEventListener(action, (event) => act(event.detail, event.target));
}

async function enter(button, arrive) {
  try {
    const user = await whileBusy(button, arrive);
    if (!user) return;
    dialog.done();
    toasts.show(`Hello, ${user.email}.`, { kind: 'good' });
  } catch (problem) {
    dialog.refuse(problem);
  }
}

async function askReset({ email }, button) {
  try {
    await whileBusy(button, () => session.askReset(email));
    toasts.show(dialog.mailed(email), { kind: 'good' });
  } catch (problem) {
    dialog.refuse(problem);
  }
}

/** The link is used up with it, and so is every session of the account, this one's perhaps among them. */
async function resetPassword({ token, password }, button) {
  const form = part('reset-form');
  try {
    await whileBusy(button, async () => {
      await session.resetPassword(token, password);
      form.done();
    });
    checkSession();
  } catch (problem) {
    form.refuse(problem);
  }
}

async function addToCart({ product, quantity }, button) {
  try {
    const cart = await whileBusy(button, () => basket.add(product.id, quantity));
    if (!cart) return;
    button.form.reset();
    const what = quantity === 1 ? product.title : `${quantity} × ${product.title}`;
    sayUnlessSeen(`In your cart: ${what}.`, { href: '#/cart', text: 'See the cart' });
  } catch (problem) {
    fail(problem);
    shelf.reread(product.id);
  }
}

/** The stepper shows at once what was pressed; if it cannot be, what is true comes back. */
async function setInCart({ productId, quantity }) {
  try {
    await basket.set(productId, quantity);
  } catch (problem) {
    fail(problem);
    loadCart();
  }
}

async function changeCart(button, change) {
  try {
    await whileBusy(button, change);
  } catch (problem) {
    fail(problem);
    loadCart();
  }
}

async function placeOrder(_, button) {
  if (!session.user)
    return dialog.open('To place the order, please sign in or create an account. Your cart comes along.');
  let current = live;
  try {
    await whileBusy(button, async () => {
      await basket.load();
      if (obstacle(basket.store.state)) return;
      const { items, vouchers } = shown(basket.store.state);
      const order = await desk.place(
        items.map(({ productId, quantity }) => ({ productId, quantity })),
        vouchers.filter(({ amount }) => amount > 0).map(({ code }) => code),
      );
      basket.ordered(order.id);
      praise(order);
    });
  } catch (problem) {
    current = false;
    fail(problem);
    loadCart();
  }
  if (!current) loadProducts();
}

function joinLine(product, button) {
  if (!session.user) return dialog.open('To stand in line, please sign in or create an account.');
  return attempt(button, () => sales.join(product.id));
}

/** What is kept for whose turn it is, is ordered by itself: the cart stays as it is. */
async function orderTurn({ product, quantity }, button) {
  try {
    await whileBusy(button, async () => praise(await desk.place([{ productId: product.id, quantity }], [])));
  } catch (problem) {
    fail(problem);
  }
  loadTicket(product.id);
}

function praise(order) {
  const { words } = countdown(order.expiresAt, Date.parse(order.createdAt));
  const text = `Ordered, for ${formatMoney(order.total, order.currency)}. We hold it for you for ${words}.`;
  sayUnlessSeen(text, { href: '#/orders', text: 'See my orders' });
}

/** Who sees the cart needs no toast about it. */
function sayUnlessSeen(text, link) {
  if (!panel.checkVisibility()) toasts.show(text, { kind: 'good', link });
}

async function addProduct(product, button) {
  const form = part('product-form');
  if (!session.user) return dialog.open('To sell something, please sign in or create an account.');
  try {
    const added = await whileBusy(button, () => shelf.add(product));
    if (!added) return;
    form.done();
    toasts.show(`“${added.title}” is in the shop.`, { kind: 'good', link: { href: '#/', text: 'See it' } });
  } catch (problem) {
    if (problem.status === 401) fail(problem);
    else form.refuse(problem);
  }
}

async function attempt(button, task) {
  try {
    await whileBusy(button, task);
  } catch (problem) {
    fail(problem);
  }
}

function fail(problem) {
  if (problem.status !== 401) return toasts.show(kindly(problem), { kind: 'bad' });
  session.expire();
  dialog.open('Your session has ended. Please sign in again.');
}

/* What is shown: data go down from the stores to the elements. */

shelf.store.subscribe((state, before) => {
  showShelf();
  const known = new Set(before.products.filter(({ flashSale }) => flashSale).map(({ id }) => id));
  for (const { id, flashSale } of state.products) if (flashSale && !known.has(id)) loadTicket(id);
});

sales.store.subscribe(() => showShelf());

function showShelf() {
  const { products, ...rest } = shelf.store.state;
  const { sales: lines } = sales.store.state;
  grid.update({ ...rest, products: products.map((product) => ({ ...product, sale: lines.get(product.id) })) });
}

basket.store.subscribe((state) => showCart(state));

function showCart(state) {
  panel.update(state);
  const { count } = shown(state);
  part('#cart-count').textContent = count || '';
  part('#cart-count-words').textContent = count ? `, ${plural(count, 'item')}` : '';
}

session.store.subscribe((user) => {
  part('account-button').update(user);
  desk?.close();
  desk = user ? openOwnDesk() : null;
  showOrders();
  sales.renew();
  loadTickets();
  basket.turn();
  loadCart().finally(() => bus?.reopen()); // a guest's line is theirs by the cookie that comes with the cart
});

/* A line lives no longer than the proof with which it was opened. */

watchSession((became) => (became === 'renewed' ? bus?.reopen() : session.expire()));

function openOwnDesk() {
  const own = openDesk();
  own.store.subscribe((state, before) => {
    showOrders();
    turned(state, before).forEach(announce);
  });
  return own;
}

function showOrders() {
  const open = desk ? countOpen(desk.store.state) : 0;
  list.update(session.store.state, desk?.store.state);
  part('#open-orders').textContent = open || '';
  part('#open-orders-words').textContent = open ? `, ${open} open` : '';
}

function announce(order) {
  const { status } = order;
  const words = { cancelled: 'is cancelled', complete: 'is complete' }[status] ?? `is now ${status}`;
  toasts.show(`Order ${nameOf(order)} ${words}.`, { kind: status === 'complete' ? 'good' : 'plain' });
}

async function loadProducts() {
  try {
    await shelf.load();
  } catch (problem) {
    if (shelf.store.state.loaded) return;
    grid.fail(kindly(problem));
  }
}

/** Silent when the shop cannot be reached: the connection light says so, and `live` reads again. */
const loadOrders = () => desk?.load().catch((problem) => problem.status === 401 && fail(problem));

/** Silent for the same reason. */
const loadTicket = (id) => (session.user ? sales.read(id) : sales.look(id)).catch(() => {});

const loadTickets = () => shelf.store.state.products.filter(({ flashSale }) => flashSale).forEach(({ id }) => loadTicket(id));

/** Silent for the same reason. */
const loadCart = () => basket.load().catch(() => {});

const checkSession = () => session.check().catch(() => {});

/* What is heard: the bus opens once we know who is here, and whatever was missed is read when it is live. */

function openLine() {
  bus = openBus({
    addresses: () => (session.user ? [ORDERS, MY_TURN, CART, STOCK, SALE] : [CART, STOCK, SALE]),
    onMessage: hear,
    onRefused: checkSession,
    onState(state) {
      live = state === 'live';
      light.update(state);
      if (live) shelf.renew();
      if (state !== 'connecting') catchUp();
    },
  });
}

function hear(address, body) {
  if (address === ORDERS) desk?.hear(body);
  else if (address === SALE || address === MY_TURN) sales.hear(body);
  else basket.hear(body);
  if (address === STOCK || address === SALE) shelf.hear(body);
}

/** Without a line the page still shows everything once; it only does not move. */
function catchUp() {
  if (session.store.state === undefined) checkSession();
  if (live || !shelf.store.state.loaded) loadProducts();
  if (live) loadTickets();
  if (live || !desk?.store.state.loaded) loadOrders();
  if (live || basket.store.state.cart === null) loadCart();
}

function go({ move }) {
  const token = resetToken(location.hash);
  if (token) part('reset-form').open(token);
  showRoute({ move });
}

async function start() {
  addEventListener('hashchange', () => go({ move: true }));
  go({ move: false });
  part('account-button').update(null);
  light.update('connecting');
  loadProducts();
  await checkSession();
  openLine();
}

start();
