import { createStore } from '../lib/store.js';
import { get, postOnce, remove } from '../lib/http.js';
import { emptyBooth, openSales, reduce } from './booth.js';

const PAGE = 20;

/** Who waits is told to nobody but by asking: so often, as long as somebody looks. */
const LOOK_EVERY = 2000;

const bookOf = (id) => `/api/inventory/${encodeURIComponent(id)}`;

/** Opens and closes a seller's flash sales: the part of the booth that asks the server. */
export function openBooth({ isWatched }) {
  const store = createStore(reduce, emptyBooth);

  async function read(first, cursor) {
    const query = new URLSearchParams({ limit: PAGE, ...(cursor && { cursor }) });
    const page = await get(`/api/inventory?${query}`);
    await Promise.all(page.items.map(({ id }) => name(id)));
    store.dispatch({ type: 'books.page', first, ...page });
  }

  async function name(productId) {
    if (store.state.titles.has(productId)) return;
    const title = await get(`/api/products/${encodeURIComponent(productId)}`).then(
      (product) => product.title,
      (problem) => {
        if (problem.status !== 404) throw problem;
        return 'No longer on offer';
      },
    );
    store.dispatch({ type: 'title.read', productId, title });
  }

  const look = async (id) => store.dispatch({ type: 'books.read', book: await get(bookOf(id)) });

  setInterval(() => {
    if (!isWatched()) return;
    for (const id of openSales(store.state)) look(id).catch(() => {}); // the next look tells
  }, LOOK_EVERY);

  async function prove(id) {
    store.dispatch({ type: 'audit.read', audit: await get(`${bookOf(id)}/audit`) });
  }

  return {
    store,
    load: () => read(true),
    more: () => read(false, store.state.nextCursor),
    async open(id, terms) {
      store.dispatch({ type: 'books.read', book: await postOnce(`${bookOf(id)}/sale`, terms) });
    },
    /** And shows at once that all went well in it. */
    async close(id) {
      store.dispatch({ type: 'books.read', book: await remove(`${bookOf(id)}/sale`) });
      await prove(id);
    },
    prove,
    turn: () => store.dispatch({ type: 'seller.changed' }),
  };
}
