import { createStore } from '../lib/store.js';
import { get, postOnce, put, remove } from '../lib/http.js';
import { reduce, unknownCart } from './cart.js';

const pathOf = (productId) => `/api/cart/items/${encodeURIComponent(productId)}`;

/**
 * Does what `reduce` may not: asks the server, one request after the other, as a cart's changes are applied in turn.
 * `isMine(cart)` says whether it is the cart of who we believe to be; if not, `doubt()` finds out who that is.
 */
export function openBasket({ isMine, doubt }) {
  const store = createStore(reduce, unknownCart);
  let queue = Promise.resolve();
  let visitor = 0;

  function inTurn(task) {
    const whose = visitor;
    const turn = queue.then(async () => {
      const cart = await task();
      if (whose === visitor) store.dispatch({ type: 'cart.read', cart });
      return cart;
    });
    queue = turn.catch(() => {});
    return turn;
  }

  const load = () =>
    inTurn(async () => {
      const cart = await get('/api/cart');
      if (isMine(cart)) return cart;
      await doubt();
      return get('/api/cart');
    });

  /** Of several presses only the last is sent. */
  function send(productId, quantity) {
    return inTurn(async () => {
      const outdated = store.state.pressed.get(productId) !== quantity;
      return outdated ? store.state.cart : put(pathOf(productId), { quantity });
    }).finally(() => store.dispatch({ type: 'quantity.answered', productId, quantity }));
  }

  let reading = false;
  store.subscribe(async ({ wanted }) => {
    if (!wanted || reading) return;
    reading = true;
    await load().catch(() => {}); // the line tells when the shop is there again, and then it is read
    reading = false;
  });

  return {
    store,
    load,
    hear: (message) => store.dispatch(message),
    add: (productId, quantity) => inTurn(() => postOnce('/api/cart/items', { productId, quantity })),
    set(productId, quantity) {
      store.dispatch({ type: 'quantity.pressed', productId, quantity });
      return send(productId, quantity);
    },
    remove: (productId) => inTurn(() => remove(pathOf(productId))),
    addVoucher: (code) => inTurn(() => postOnce('/api/cart/vouchers', { code })),
    removeVoucher: (code) => inTurn(() => remove(`/api/cart/vouchers/${encodeURIComponent(code)}`)),
    empty: () => inTurn(() => remove('/api/cart')),
    ordered: (orderId) => store.dispatch({ type: 'cart.ordered', orderId }),
    /** Somebody else is here: what was on its way was for the one before. */
    turn() {
      visitor += 1;
      store.dispatch({ type: 'visitor.changed' });
    },
  };
}
