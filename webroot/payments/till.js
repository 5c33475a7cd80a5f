import { get, postOnce, remove } from '../lib/http.js';

const CARDS = '/api/payments/stripe/payment-method';

/** How the shop wants to be paid, and the cards that the visitor has left with the provider. */
export function openTill() {
  let config = null;

  return {
    /** With which the provider knows the shop; null where no card is asked for. */
    async publishableKey() {
      config ??= await get('/api/payments/config');
      return config.publishableKey;
    },
    cards: async () => (await get(CARDS)).items,
    leave: (token) => postOnce(CARDS, { token }),
    forget: (id) => remove(`${CARDS}/${encodeURIComponent(id)}`),
  };
}
