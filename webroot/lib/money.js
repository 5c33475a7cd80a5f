/** Prices travel as decimal numbers with at most two places; sums are made in whole cents. */

export const cents = (amount) => Math.round(amount * 100);

export const times = (amount, quantity) => (cents(amount) * quantity) / 100;

const formats = new Map();

function formatOf(currency) {
  if (!formats.has(currency)) {
    const style = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' };
    formats.set(currency, new Intl.NumberFormat('en', style));
  }
  return formats.get(currency);
}

export const formatMoney = (amount, currency = 'USD') => formatOf(currency).format(amount);

/** What a person typed, as an amount; null when it is not one. Accepts `1299`, `19.9` and `19,90`. */
export function parseMoney(text) {
  const typed = String(text).trim().replace(',', '.');
  return /^\d{1,10}(\.\d{1,2})?$/.test(typed) ? Number(typed) : null;
}
