import { whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { watchSession } from '../lib/refresh.js';
import { whileSeen } from '../lib/while-seen.js';
import { openSession } from '../account/session.js';
import '../lib/theme-switch.js';
import '../lib/toast-stack.js';
import './books-desk.js';
import './order-book-list.js';
import './order-sheet.js';
import './parked-list.js';
import './payment-book-list.js';
import './payment-sheet.js';
import { countOf } from './parked.js';
import { done } from './payment-book.js';
import { addressOf, routeOf } from './routes.js';
import './saga-list.js';
import './sales-figures.js';

/** How often what is seen is asked for again, and how often a payment that waits for the provider's answer. */
const PAUSE = 12_000;
const SHORT_PAUSE = 2_000;

const DONE = {
  'payment/request': 'The payment is open: the buyer can pay.',
  confirm: 'Confirmed.',
  ship: 'Shipped.',
  deliver: 'Delivered.',
  return: 'Taken back; the money follows.',
  cancel: 'Cancelled.',
};

const part = (selector) => document.querySelector(selector);
const session = openSession();
const toasts = part('toast-stack');
const door = part('#door');
const form = part('#door form');

const isOperator = () => session.user?.roles?.includes('operator') ?? false;

let shown = null;

function show({ move = false } = {}) {
  const inside = isOperator();
  const route = routeOf(location.hash);
  const isNew = shown !== route.view;
  const wasInside = shown !== null;
  shown = inside ? route.view : null;
  door.hidden = inside || session.store.state === undefined;
  part('.nav').hidden = !inside;
  part('#sign-out').hidden = session.user === null;
  part('#door-words').textContent = session.user ? `${session.user.email} is no operator. Sign in as one.` : 'Please sign in as an operator.';
  for (const view of document.querySelectorAll('[data-view]')) view.hidden = !inside || view.dataset.view !== route.view;
  for (const sheet of document.querySelectorAll('order-sheet, payment-sheet')) {
    if (!inside || sheet.localName !== route.sheet || route.id === null) sheet.close();
  }
  if (!inside) {
    if (wasInside) form.elements.email.focus(); // what had the focus is out of sight
    return;
  }
  document.title = `${route.title} · Console of The Boutique`;
  for (const link of document.querySelectorAll('[data-goes-to]')) {
    if (link.dataset.goesTo === route.view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (isNew) {
    const me = session.user.id;
    part(route.element).read(me);
    for (const other of ['saga-list', 'parked-list', 'books-desk']) if (other !== route.element) part(other).read(me);
    if (move) part(`[data-view="${route.view}"] h1`).focus({ preventScroll: true });
  }
  if (route.id !== null) open(route);
}

async function open({ view, sheet, id }) {
  try {
    await part(sheet).open(id, session.user?.id);
  } catch (problem) {
    if (routeOf(location.hash).id === id) history.replaceState(null, '', addressOf(view));
    toasts.show(kindly(problem, { 404: 'There is nothing under this address.' }), { kind: 'bad' });
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(form));
  const error = form.querySelector('.form-error');
  error.textContent = '';
  try {
    await whileBusy(form.querySelector('button'), () => session.signIn(email, password));
    form.elements.password.value = '';
  } catch (problem) {
    error.textContent = kindly(problem, { 400: 'This e-mail and password do not match.', 401: 'This e-mail and password do not match.' });
  }
});

part('#sign-out').addEventListener('click', async ({ target }) => {
  try {
    await whileBusy(target, () => session.signOut());
  } catch (problem) {
    toasts.show(kindly(problem), { kind: 'bad' });
  }
});

document.addEventListener('sheet-closed', ({ detail: { id } }) => {
  const route = routeOf(location.hash);
  if (route.id !== id) return;
  history.replaceState(null, '', addressOf(route.view));
  part(route.element).pointAt(id);
});

document.addEventListener('order-changed', ({ detail: { order, deed } }) => {
  part('order-book').learn(order);
  toasts.show(DONE[deed] ?? 'Done.', { kind: 'good' });
});

document.addEventListener('payment-changed', ({ detail: { payment, deed } }) => {
  part('payment-book').refresh();
  toasts.show(done(deed, payment), { kind: 'good' });
});

document.addEventListener('books-read', ({ detail: { count } }) => {
  part('#books-count').textContent = count === 0 ? '' : String(count);
});

const waiting = { sagas: { count: 0, more: false }, parked: { count: 0, more: false } };
for (const list of Object.keys(waiting)) {
  document.addEventListener(`${list}-read`, ({ detail }) => {
    waiting[list] = detail;
    part('#unfinished-count').textContent = countOf(Object.values(waiting));
  });
}

document.addEventListener('retried', ({ detail: { words, kind } }) => toasts.show(words, { kind }));

document.addEventListener('failed', ({ detail }) => toasts.show(detail.words, { kind: 'bad' }));

session.store.subscribe((user, before) => {
  if (user?.id !== before?.id || before === undefined) show();
});
/** The pages of money are kept as the shop has it; the others are read when they are opened. */
async function again() {
  const route = routeOf(location.hash);
  if (!isOperator() || !['payments', 'books'].includes(route.view)) return true;
  const asked = await Promise.all([part(route.element).refresh(), part('payment-sheet').refresh()]);
  return asked.every((well) => well);
}

whileSeen(PAUSE, again);
whileSeen(SHORT_PAUSE, () => !part('payment-sheet').isUnderWay || part('payment-sheet').refresh());
whileSeen(SHORT_PAUSE, () => !part('books-desk').isWanted || part('books-desk').refresh());
window.addEventListener('hashchange', () => show({ move: true }));
watchSession((became) => became === 'over' && session.expire());
session.check().catch((problem) => toasts.show(kindly(problem), { kind: 'bad' }));
