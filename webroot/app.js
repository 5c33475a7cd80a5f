import { openBus } from './lib/bus.js';
import { whileBusy } from './lib/form.js';
import { kindly } from './lib/kindly.js';
import { watchSession } from './lib/refresh.js';
import { countdown, plural } from './lib/clock.js';
import { formatMoney, times } from './lib/money.js';
import { resetToken, showRoute } from './routes.js';
import { openSession } from './account/session.js';
import { openShelf } from './catalog/shelf.js';
import { openBasket } from './cart/cart-basket.js';
import { obstacle, shown } from './cart/cart.js';
import { openDesk } from './orders/order-desk.js';
import { countOpen, nameOf, turned } from './orders/orders.js';
import { openBooth } from './sales/booth-desk.js';
import { isToProve, payByCard, proven, standing } from './payments/paying.js';
import { loadStripe } from './payments/stripe-script.js';
import { openTill } from './payments/till.js';
import { openWallet } from './payments/wallet.js';
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
import './sales/sale-booth.js';
import './payments/card-dialog.js';
import './payments/card-list.js';

const ORDERS = 'orders.me';
const PAYMENTS = 'payments.me';
const CART = 'cart.me';
const STOCK = 'stock';
const SALE = 'sale';
const MY_TURN = 'sale.me';

/** Of a provider that moves no money. */
const TEST_CARD = 'tok_visa';

/** Of a card where nothing is to be paid: nobody is asked for it. */
const NO_CARD = 'free';

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
const booth = openBooth({ isWatched: () => document.body.dataset.route === 'sell' && !document.hidden });
const till = openTill();
const wallet = openWallet(till);
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
  'pay-order': ({ id }, button) => attempt(button, () => payOrder(id)),
  'pay-by-card': payCard,
  'card-closed': ({ id }) => list.pointAt(id),
  'ask-payer': ({ id }, button) => attempt(button, () => askPayer(id)),
  'another-card': ({ id }, button) => attempt(button, () => chooseCard(id)),
  'prove-payer': provePayer,
  'call-off-payment': ({ id }, button) => answerBank(button, (own) => own.callOff(id)),
  'load-cards': (_, button) => attempt(button, () => wallet.load()),
  'leave-test-card': (_, button) => attempt(button, () => wallet.leave(TEST_CARD)),
  'forget-card': forgetCard,
  'order-due': ({ id }) => desk?.doubt(id),
  'add-to-cart': addToCart,
  'set-in-cart': setInCart,
  'remove-from-cart': ({ productId }, button) => changeCart(button, () => basket.remove(productId)),
  'empty-cart': (_, button) => changeCart(button, () => basket.empty()),
  'add-voucher': addVoucher,
  'remove-voucher': removeVoucher,
  'place-order': placeOrder,
  'join-line': ({ product }, button) => joinLine(product, button),
  'leave-line': ({ product }, button) => attempt(button, () => sales.leave(product.id)),
  'order-turn': orderTurn,
  'turn-over': ({ id }) => loadTicket(id),
  'add-product': addProduct,
  'more-books': (_, button) => attempt(button, () => booth.more()),
  'open-sale': ({ id, terms }, button) => tend(id, button, () => booth.open(id, terms)),
  'close-sale': ({ id }, button) => tend(id, button, () => booth.close(id)),
  'prove-books': ({ id }, button) => tend(id, button, () => booth.prove(id)),
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

async function addVoucher({ code }, button) {
  try {
    const cart = await whileBusy(button, () => basket.addVoucher(code));
    if (cart) panel.vouchers.added(code);
  } catch (problem) {
    panel.vouchers.refuse(problem);
  }
}

async function removeVoucher({ code }, button) {
  await changeCart(button, () => basket.removeVoucher(code));
  panel.vouchers.removed(code);
}

async function placeOrder(_, button) {
  if (!session.user)
    return dialog.open('To place the order, please sign in or create an account. Your cart comes along.');
  let current = live;
  const { total: seen } = shown(basket.store.state);
  try {
    await whileBusy(button, async () => {
      await basket.load();
      if (obstacle(basket.store.state)) return;
      const { items, vouchers, total } = shown(basket.store.state);
      if (total > seen) return toasts.show('It costs more than a moment ago. Please look again.', { kind: 'bad' });
      const order = await desk.place({
        items: items.map(({ productId, quantity }) => ({ productId, quantity })),
        vouchers: vouchers.filter(({ amount }) => amount > 0).map(({ code }) => code),
        total,
      });
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
    const wish = { items: [{ productId: product.id, quantity }], total: times(product.price, quantity) };
    await whileBusy(button, async () => praise(await desk.place(wish)));
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
    loadBooth();
    toasts.show(`“${added.title}” is in the shop.`, { kind: 'good', link: { href: '#/', text: 'See it' } });
  } catch (problem) {
    if (problem.status === 401) fail(problem);
    else form.refuse(problem);
  }
}

/** What a seller does with a product of theirs; what does not work is said beside it. */
async function tend(id, button, task) {
  try {
    await whileBusy(button, task);
  } catch (problem) {
    if (problem.status === 401) fail(problem);
    else part('sale-booth').refuse(id, problem);
  }
}

/** Where the shop takes cards, it asks for one; where nothing but a test is wanted, one press has to be enough. */
async function payOrder(id) {
  if (desk.store.state.orders.get(id)?.total === 0) return paid(id, await desk.pay(id, NO_CARD), null);
  const [key, cards] = await ways();
  if (!key && cards?.length === 0) return paid(id, await desk.pay(id, TEST_CARD), null);
  return askCard(id, key, cards);
}

/** Whoever wants another card than the one they began with wants to see which there are. */
const chooseCard = async (id) => askCard(id, ...(await ways()));

/** Who cannot be told which cards they have left may still pay with another. */
const ways = () =>
  Promise.all([
    till.publishableKey(),
    till.cards().catch((problem) => (problem.status === 401 ? Promise.reject(problem) : null)),
  ]);

async function askCard(id, key, cards) {
  const stripe = key ? await loadStripe(key) : null;
  const order = desk?.store.state.orders.get(id);
  if (order) part('card-dialog').open(order, stripe, cards);
}

/** Whoever closed what their bank had asked is asked again, and may as well choose another card, or none. */
async function askPayer(id) {
  const [key, payment] = await Promise.all([till.publishableKey(), desk.standing(id)]);
  if (payment.status !== 'action-required') return say(payment);
  const stripe = key ? await loadStripe(key) : null;
  const order = desk?.store.state.orders.get(id);
  if (order) part('card-dialog').ask(order, payment, stripe);
}

function provePayer({ id, payment, stripe }, button) {
  return answerBank(button, (own) => (stripe ? proven(payment, stripe, own.prove) : own.prove(id)));
}

/** What comes after a payment: a question to the buyer, a way to their bank, a word, or nothing more. */
function paid(id, payment, stripe) {
  const cards = part('card-dialog');
  const order = desk?.store.state.orders.get(id);
  if (isToProve(payment, stripe) && order) return cards.ask(order, payment, null);
  cards.done();
  say(payment);
}

function say(payment) {
  if (payment.goTo) location.assign(payment.goTo);
  else if (standing(payment)) toasts.show(standing(payment), { kind: 'plain' });
}

async function payCard({ id, ...how }, button) {
  const own = desk;
  const shop = { leave: till.leave, pay: (token) => own.pay(id, token), prove: (payment) => own.prove(payment) };
  try {
    const payment = await whileBusy(button, () => payByCard(how, shop));
    if (payment) paid(id, payment, how.stripe);
  } catch (problem) {
    refusePayment(problem);
  }
}

async function answerBank(button, answer) {
  const own = desk;
  try {
    const payment = await whileBusy(button, () => answer(own));
    if (!payment) return;
    part('card-dialog').done();
    say(payment);
  } catch (problem) {
    refusePayment(problem, [401, 402].includes(problem.status));
  }
}

/** Whose card is declined after all begins again; other problems are said where they arose. */
function refusePayment(problem, isOver = problem.status === 401) {
  const cards = part('card-dialog');
  if (!isOver) return cards.refuse(problem);
  cards.done();
  fail(problem);
}

async function forgetCard({ id, name }, button) {
  try {
    await whileBusy(button, () => wallet.forget(id));
    part('card-list').forgotten();
    toasts.show(`${name} is forgotten.`, { kind: 'good' });
  } catch (problem) {
    fail(problem);
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

wallet.store.subscribe(() => showCards());

const showCards = () => part('card-list').update(session.store.state, wallet.store.state);

booth.store.subscribe(() => showBooth());

const showBooth = () => part('sale-booth').update(session.store.state, booth.store.state);

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
  booth.turn();
  showBooth();
  wallet.turn();
  showCards();
  loadRoute();
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
const loadBooth = () => session.store.state && booth.load().catch(() => {});

/** Silent, since the list says it itself. */
const loadCards = () => session.store.state && wallet.load().catch(() => {});

/** What is only read where it is looked at. */
function loadRoute() {
  const { route } = document.body.dataset;
  if (route === 'sell') loadBooth();
  if (route === 'cards') loadCards();
}

/** Silent for the same reason. */
const loadCart = () => basket.load().catch(() => {});

const checkSession = () => session.check().catch(() => {});

/* What is heard: the bus opens once we know who is here, and whatever was missed is read when it is live. */

function openLine() {
  bus = openBus({
    addresses: () => (session.user ? [ORDERS, PAYMENTS, MY_TURN, CART, STOCK, SALE] : [CART, STOCK, SALE]),
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
  else if (address === PAYMENTS) desk?.hearPayment(body);
  else if (address === SALE || address === MY_TURN) sales.hear(body);
  if (address === CART || address === STOCK || address === SALE) basket.hear(body);
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
  loadRoute();
}

async function start() {
  addEventListener('hashchange', () => go({ move: true }));
  go({ move: false });
  part('account-button').update(null);
  showCards();
  light.update('connecting');
  loadProducts();
  await checkSession();
  openLine();
}

start();
