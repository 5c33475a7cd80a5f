/** Views by the part of the address after `#`; a reload and a shared link come back to the same one. */
const ROUTES = {
  '#/': { view: 'shop', title: 'The Boutique' },
  '#/cart': { view: 'cart', title: 'Your cart · The Boutique' },
  '#/orders': { view: 'orders', title: 'My orders · The Boutique' },
  '#/cards': { view: 'cards', title: 'My cards · The Boutique' },
  '#/sell': { view: 'sell', title: 'Add a product · The Boutique' },
};
const RESET = { view: 'reset', title: 'A new password · The Boutique' };
const RESET_LINK = /^#\/reset=([\w.-]+)$/;

/** The token of a link from a mail; null when none has led here. */
export const resetToken = (hash) => RESET_LINK.exec(hash)?.[1] ?? null;

/** Shows the view of the address; after a move by the visitor its heading gets the focus, as a new page would. */
export function showRoute({ move }) {
  if (location.hash !== '' && !location.hash.startsWith('#/')) return;
  const route = ROUTES[location.hash] ?? (resetToken(location.hash) ? RESET : ROUTES['#/']);
  document.title = route.title;
  document.body.dataset.route = route.view;
  for (const view of document.querySelectorAll('[data-view]')) {
    view.hidden = !view.dataset.view.split(' ').includes(route.view);
  }
  for (const link of document.querySelectorAll('[data-goes-to]')) {
    if (link.dataset.goesTo === route.view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (!move) return;
  document.querySelector('#account-menu')?.hidePopover();
  window.scrollTo(0, 0);
  document.querySelector(`[data-view~="${route.view}"] :is(h1, h2[tabindex])`).focus({ preventScroll: true });
}
