import { createStore } from '../lib/store.js';
import { get, postOnce, remove } from '../lib/http.js';
import { doubts, noSales, reduce } from './sales.js';

/** Whoever has missed something asks again within so long: not all of them at once. */
const SPREAD = 2000;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const pathOf = (id) => `/api/tickets/${encodeURIComponent(id)}`;

/** Stands in line for the visitor: the part of flash sales that asks the server. */
export function openSales() {
  const store = createStore(reduce, noSales);

  async function read(id) {
    try {
      store.dispatch({ type: 'ticket.read', sale: await get(pathOf(id)) });
    } catch (problem) {
      if (problem.outcomeUnknown) throw problem;
      store.dispatch({ type: 'ticket.missing', productId: id });
      await look(id);
    }
  }

  /** How it stands for everybody. */
  async function look(id) {
    try {
      store.dispatch({ type: 'sale', open: true, ...(await get(`/api/products/${encodeURIComponent(id)}/sale`)) });
    } catch (problem) {
      if (problem.status !== 404) throw problem;
      store.dispatch({ type: 'sale', open: false, productId: id });
    }
  }

  const asking = new Set();

  async function clear(id) {
    asking.add(id);
    await pause(Math.random() * SPREAD);
    await read(id).catch(() => {}); // what is heard next asks again
    asking.delete(id);
  }

  store.subscribe((state) => {
    for (const id of doubts(state)) if (!asking.has(id)) clear(id);
  });

  return {
    store,
    hear: (message) => store.dispatch(message),
    read,
    look,
    renew: () => store.dispatch({ type: 'line.renewed' }),
    async join(id) {
      store.dispatch({ type: 'ticket.read', sale: await postOnce('/api/tickets', { productId: id }) });
    },
    async leave(id) {
      await remove(pathOf(id));
      store.dispatch({ type: 'ticket.missing', productId: id });
    },
  };
}
