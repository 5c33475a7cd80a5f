import { whileBusy } from '../lib/form.js';
import { kindly } from '../lib/kindly.js';
import { watchSession } from '../lib/refresh.js';
import { openSession } from '../account/session.js';
import '../lib/theme-switch.js';
import '../lib/toast-stack.js';
import './order-book-list.js';
import './order-sheet.js';
import './saga-list.js';
import './sales-figures.js';

const ROUTES = {
  '#/orders': { view: 'orders', title: 'Orders', element: 'order-book' },
  '#/sales': { view: 'sales', title: 'Sales', element: 'sales-figures' },
  '#/unfinished': { view: 'unfinished', title: 'Unfinished', element: 'saga-list' },
};
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

function show({ move = false } = {}) {
  const inside = isOperator();
  const route = ROUTES[location.hash] ?? ROUTES['#/orders'];
  door.hidden = inside || session.store.state === undefined;
  part('.nav').hidden = !inside;
  part('#sign-out').hidden = session.user === null;
  part('#door-words').textContent = session.user ? `${session.user.email} is no operator. Sign in as one.` : 'Please sign in as an operator.';
  for (const view of document.querySelectorAll('[data-view]')) view.hidden = !inside || view.dataset.view !== route.view;
  if (!inside) return;
  document.title = `${route.title} · Console of The Boutique`;
  for (const link of document.querySelectorAll('[data-goes-to]')) {
    if (link.dataset.goesTo === route.view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  part(route.element).read();
  if (route.view !== 'unfinished') part('saga-list').read();
  if (move) part(`[data-view="${route.view}"] h1`).focus({ preventScroll: true });
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

document.addEventListener('open-order', async ({ detail, target }) => {
  try {
    await whileBusy(target, () => part('order-sheet').open(detail.id, session.user?.id));
  } catch (problem) {
    toasts.show(kindly(problem), { kind: 'bad' });
  }
});

document.addEventListener('order-changed', ({ detail: { order, deed } }) => {
  part('order-book').learn(order);
  toasts.show(DONE[deed] ?? 'Done.', { kind: 'good' });
});

document.addEventListener('sagas-read', ({ detail: { count, more } }) => {
  part('#unfinished-count').textContent = count === 0 ? '' : `${count}${more ? '+' : ''}`;
});

document.addEventListener('failed', ({ detail }) => toasts.show(detail.words, { kind: 'bad' }));

session.store.subscribe((user, before) => {
  if (user?.id !== before?.id || before === undefined) show();
});
window.addEventListener('hashchange', () => show({ move: true }));
watchSession((became) => became === 'over' && session.expire());
session.check().catch((problem) => toasts.show(kindly(problem), { kind: 'bad' }));
