/**
 * The console's views by the part of the address after `#`, with what is looked for in each as long as nobody says
 * otherwise. What stands behind a view's name is opened in it.
 */
const ROUTES = {
  orders: { view: 'orders', title: 'Orders', element: 'order-book', beside: [], sheet: 'order-sheet', usual: { list: 'confirm' } },
  payments: { view: 'payments', title: 'Payments', element: 'payment-book', beside: [], sheet: 'payment-sheet', usual: { list: 'all' } },
  books: { view: 'books', title: 'Books', element: 'books-desk', beside: [], sheet: null, usual: { list: 'open' } },
  sales: { view: 'sales', title: 'Sales', element: 'sales-figures', beside: [], sheet: null, usual: {} },
  unfinished: { view: 'unfinished', title: 'Unfinished', element: 'saga-list', beside: ['parked-list'], sheet: null, usual: {} },
};

const ADDRESS = /^#\/([a-z]+)(?:\/([\w.~-]{1,120}))?(?:\?(.{0,500}))?$/;

/** Where an address leads: a view, what is looked for there, and the id of what is open in it. Any other is the orders'. */
export function routeOf(hash) {
  const [, view, id = null, wanted = ''] = ADDRESS.exec(hash) ?? [];
  const { usual, ...route } = Object.hasOwn(ROUTES, view ?? '') ? ROUTES[view] : ROUTES.orders;
  return { ...route, id: route.sheet ? id : null, wanted: { ...usual, ...Object.fromEntries(new URLSearchParams(wanted)) } };
}

/** What is not looked for is not in it. */
export function addressOf(view, id = null, wanted = {}) {
  const asked = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== '')).toString();
  return `#/${view}${id === null ? '' : `/${id}`}${asked && `?${asked}`}`;
}
