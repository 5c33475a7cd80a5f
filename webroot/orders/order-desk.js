import { createStore } from '../lib/store.js';
import { get, post, postOnce, remove } from '../lib/http.js';
import { nothingKnown, reduce } from './orders.js';

const PAGE = 20;

/** When to read an order that a message spoke of: soon, as our own answer may still be on its way, then patiently. */
const REPAIR_DELAYS = [200, 1500, 5000];

const pathOf = (id) => `/api/orders/${encodeURIComponent(id)}`;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Does what `reduce` may not: asks the server. One desk belongs to one visitor and is closed when the visitor leaves. */
export function openDesk() {
  const store = createStore(reduce, nothingKnown);
  const repairing = new Set();
  let closed = false;

  const tell = (event) => closed || store.dispatch(event);

  async function read(cursor) {
    const query = new URLSearchParams({ limit: PAGE, ...(cursor && { cursor }) });
    tell({ type: 'page.read', ...(await get(`/api/orders?${query}`)) });
  }

  async function repair(id) {
    repairing.add(id);
    for (const delay of REPAIR_DELAYS) {
      await pause(delay);
      if (closed || !store.state.wanted.has(id)) break;
      await reread(id);
    }
    repairing.delete(id);
  }

  async function reread(id) {
    try {
      tell({ type: 'order.read', order: await get(pathOf(id)) });
    } catch (problem) {
      if (!problem.outcomeUnknown) tell({ type: 'order.missing', id });
    }
  }

  store.subscribe(({ wanted }) => {
    for (const id of wanted.keys()) if (!repairing.has(id)) repair(id);
  });

  return {
    store,
    load: () => read(),
    more: () => read(store.state.nextCursor),
    hear: tell,
    doubt: (id) => tell({ type: 'order.doubted', id }),
    /** `total` is what the visitor was shown: at another price it is refused. */
    async place({ items, vouchers = [], total }) {
      const wish = { items, ...(vouchers.length > 0 && { vouchers }), ...(total !== undefined && { expectedTotal: total }) };
      const order = await postOnce('/api/orders', wish);
      tell({ type: 'order.read', order });
      return order;
    },
    async cancel(id) {
      tell({ type: 'order.read', order: await remove(pathOf(id)) });
    },
    /** With a card, by its name at the provider. */
    async pay(id, token) {
      const payment = await postOnce('/api/payments', { orderId: id, token });
      await reread(id);
      return payment;
    },
    /** The buyer has proved who they are, or has not: the provider knows. */
    async prove(id) {
      const payment = await post(`/api/payments/${encodeURIComponent(id)}/stripe`, {});
      await reread(id);
      return payment;
    },
    /** The buyer does not want to pay like that; while the order can be paid, they may pay in another way. */
    async callOff(id) {
      const payment = await post(`/api/payments/${encodeURIComponent(id)}/cancel`);
      await reread(id);
      return payment;
    },
    close() {
      closed = true;
    },
  };
}
