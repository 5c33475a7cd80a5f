/** The console's views by the part of the address after `#`; what stands behind a view's name is opened in it. */
const ROUTES = {
  orders: { view: 'orders', title: 'Orders', element: 'order-book', sheet: 'order-sheet' },
  payments: { view: 'payments', title: 'Payments', element: 'payment-book', sheet: 'payment-sheet' },
  books: { view: 'books', title: 'Books', element: 'books-desk', sheet: null },
  sales: { view: 'sales', title: 'Sales', element: 'sales-figures', sheet: null },
  unfinished: { view: 'unfinished', title: 'Unfinished', element: 'saga-list', sheet: null },
};

const ADDRESS = /^#\/([a-z]+)(?:\/([\w.~-]{1,120}))?$/;

/** Where an address leads: a view, and the id of what is open in it. Any other address is the orders'. */
export function routeOf(hash) {
  const [, view, id = null] = ADDRESS.exec(hash) ?? [];
  const route = Object.hasOwn(ROUTES, view ?? '') ? ROUTES[view] : ROUTES.orders;
  return { ...route, id: route.sheet ? id : null };
}

export const addressOf = (view, id = null) => (id === null ? `#/${view}` : `#/${view}/${id}`);
