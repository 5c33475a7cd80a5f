import { createStore } from '../lib/store.js';
import { get, postOnce } from '../lib/http.js';
import { emptyShelf, reduce } from './catalog.js';

const PAGE = 24;
const BIGGEST_PAGE = 100;

/** Brings products onto the page and keeps them current: the part of the catalogue that asks the server. */
export function openShelf() {
  const store = createStore(reduce, emptyShelf);

  const read = (limit, cursor) => get(`/api/products?${new URLSearchParams({ limit, ...(cursor && { cursor }) })}`);

  return {
    store,
    /** Reads again what is on the screen, as far as the visitor has come. */
    async load() {
      const limit = Math.min(BIGGEST_PAGE, Math.max(PAGE, store.state.products.length));
      store.dispatch({ type: 'page.read', first: true, ...(await read(limit)) });
    },
    async more() {
      store.dispatch({ type: 'page.read', first: false, ...(await read(PAGE, store.state.nextCursor)) });
    },
    hear: (message) => store.dispatch(message),
    /** What was heard over an old line may be older than what is read over the new one. */
    renew: () => store.dispatch({ type: 'line.renewed' }),
    async reread(id) {
      try {
        store.dispatch({ type: 'product.read', product: await get(`/api/products/${encodeURIComponent(id)}`) });
      } catch (problem) {
        if (problem.status === 404) store.dispatch({ type: 'product.missing', id });
      }
    },
    async add(product) {
      const added = await postOnce('/api/products', product);
      store.dispatch({ type: 'product.added', product: added });
      return added;
    },
  };
}
