import { createStore } from '../lib/store.js';
import { get, post, postOnce, remove } from '../lib/http.js';
import { isOpen, nothingKnown, reduce } from './orders.js';

const PAGE = 20;

/** When to read an order that a message spoke of: soon, as our own answer may still be on its way, then patiently. */
const REPAIR_DELAYS = [200, 1500, 5000];

const pathOf = (id) => `/api/orders/${encodeURIComponent(id)}`;

const paymentOf = (id) => `/api/payments/${encodeURIComponent(id)}`;

/** Of others the order says itself how they are paid. */
const mayHavePayment = (order) => isOpen(order) && order.paymentStatus === 'awaiting';

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Does what `reduce` may not: asks the server. One desk belongs to one visitor and is closed when the visitor leaves. */
export function openDesk() {
  const store = createStore(reduce, nothingKnown);
  const repairing = new Set();
  let closed = false;

  const tell = (event) => closed || store.dispatch(event);

  async function read(cursor) {
    const query = new URLSearchParams({ limit: PAGE, ...(cursor && { cursor }) });
    const page = await get(`/api/orders?${query}`);
    tell({ type: 'page.read', ...page });
    page.items.filter(mayHavePayment).forEach(({ id }) => readPayment(id));
  }

  /** Silent: an order that nobody has tried to pay has none, and where it cannot be read the order shows what it knows. */
  const readPayment = (id) => standing(id).catch(() => {});

  async function standing(id) {
    return stands(await get(`${paymentOf(id)}/status`));
  }

  function stands(payment) {
    tell({ type: 'payment.stands', payment });
    return payment;
  }

  /** Whatever is answered, the order and its payment are shown as they stand then. */
  async function paying(id, asked) {
    try {
      const payment = stands(await asked);
      await reread(id);
      return payment;
    } catch (problem) {
      await readPayment(id);
      throw problem;
    }
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
    pay: (id, token) => paying(id, postOnce('/api/payments', { orderId: id, token })),
    /** The buyer has proved who they are, or has not: the provider knows. */
    prove: (id) => paying(id, post(`${paymentOf(id)}/stripe`, {})),
    /** The buyer does not want to pay like that; while the order can be paid, they may pay in another way. */
    callOff: (id) => paying(id, post(`${paymentOf(id)}/cancel`)),
    /** How far its payment is, and with what it is to be proved. */
    standing,
    hearPayment: stands,
    close() {
      closed = true;
    },
  };
}
