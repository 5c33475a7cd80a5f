import { createStore } from '../lib/store.js';
import { get, postOnce, remove } from '../lib/http.js';
import { noSales, reduce } from './sales.js';

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
