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
import { addressOf, routeOf } from './routes.js';
import { counted } from './rows.js';
import './saga-list.js';
import './sales-figures.js';

/** How often what is seen is asked for again, and how often a payment that waits for the provider's answer. */
const PAUSE = 12_000;
const SHORT_PAUSE = 2_000;

const part = (selector) => document.querySelector(selector);
const session = openSession();
const toasts = part('toast-stack');
const door = part('#door');
const form = part('#door form');

const isOperator = () => session.user?.roles?.includes('operator') ?? false;

/** The route that is on the page; null as long as there is nobody to show it to. */
let shown = null;

function show({ move = false } = {}) {
  const inside = isOperator();
  const route = routeOf(location.hash);
  const before = shown;
  shown = inside ? route : null;
  door.hidden = inside || session.store.state === undefined;
  part('.nav').hidden = !inside;
  part('#sign-out').hidden = session.user === null;
  part('#door-words').textContent = session.user ? `${session.user.email} is no operator. Sign in as one.` : 'Please sign in as an operator.';
  for (const view of document.querySelectorAll('[data-view]')) view.hidden = !inside || view.dataset.view !== route.view;
  for (const sheet of document.querySelectorAll('order-sheet, payment-sheet')) {
    if (!inside || sheet.localName !== route.sheet || route.id === null) sheet.close();
  }
  if (!inside) {
    if (before !== null) form.elements.email.focus(); // what had the focus is out of sight
    return;
  }
  document.title = `${route.title} · Console of The Boutique`;
  const list = addressOf(route.view, null, route.wanted);
  for (const link of document.querySelectorAll('[data-goes-to]')) {
    if (link.dataset.goesTo !== route.view) link.removeAttribute('aria-current');
    else {
      link.setAttribute('aria-current', 'page');
      link.setAttribute('href', list); // whoever comes back finds what they were at
    }
  }
  const isNew = before?.view !== route.view;
  const left = !isNew && route.id === null ? before.id : null;
  if (isNew || list !== addressOf(before.view, null, before.wanted)) part(route.element).look(route.wanted, session.user.id);
  if (isNew) {
    for (const other of ['saga-list', 'parked-list', 'books-desk']) if (other !== route.element) part(other).refresh();
    if (move) part(`[data-view="${route.view}"] h1`).focus({ preventScroll: true });
  }
  if (route.id !== null) open(route);
  else if (left !== null) part(route.element).pointAt(left);
}

/** Nothing is open any more: the address says so, and leads back to no closed sheet. */
function leave({ view, wanted }) {
  history.replaceState(null, '', addressOf(view, null, wanted));
  shown = routeOf(location.hash);
}

async function open(route) {
  try {
    await part(route.sheet).open(route.id, session.user?.id);
  } catch (problem) {
    if (shown?.id === route.id) leave(route);
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
  if (shown?.id !== id) return;
  leave(shown);
  part(shown.element).pointAt(id);
  part(shown.element).refresh();
});

document.addEventListener('deed-done', ({ detail: { words, kind = 'good' } }) => {
  if (shown !== null) again(lists());
  toasts.show(words, { kind });
});

/** What each list has, for the badges; some of them tell of more than one. */
const listed = {};
document.addEventListener('listed', ({ target: { localName }, detail }) => {
  listed[localName] = detail;
  for (const badge of document.querySelectorAll(`[data-counts~="${localName}"]`)) {
    badge.textContent = counted(badge.dataset.counts.split(' ').flatMap((name) => listed[name] ?? []));
  }
});

document.addEventListener('failed', ({ detail }) => toasts.show(detail.words, { kind: 'bad' }));

session.store.subscribe((user, before) => {
  if (user?.id !== before?.id || before === undefined) show();
});

/** What is seen is kept as the shop has it, and what is under way there is looked at sooner. */
const lists = () => [shown.element, ...shown.beside].map((name) => part(name));
const seen = () => (shown === null ? [] : [...lists(), ...(shown.sheet ? [part(shown.sheet)] : [])]);

async function again(some) {
  const asked = await Promise.all(some.map((one) => one.refresh()));
  return asked.every((well) => well);
}

whileSeen(PAUSE, () => again(seen()));
whileSeen(SHORT_PAUSE, () => again(seen().filter((one) => one.isUnderWay)));
window.addEventListener('hashchange', () => show({ move: true }));
watchSession((became) => became === 'over' && session.expire());
session.check().catch((problem) => toasts.show(kindly(problem), { kind: 'bad' }));
