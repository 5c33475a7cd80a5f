/** Figures of days as a chart, without a library: pure, so that each bar can be tested. */

/** Every day from the first to the last, also those on which nothing was sold. */
export function daysOf(items, currency, from, to) {
  const found = new Map(items.filter((item) => item.currency === currency).map((item) => [item.day, item]));
  const days = [];
  for (let day = from; day <= to && days.length < 400; day = nextDay(day)) {
    days.push(found.get(day) ?? { day, currency, orders: 0, units: 0, returned: 0, revenue: 0, refunds: 0 });
  }
  return days;
}

export function nextDay(day, days = 1) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export const today = (now = Date.now()) => new Date(now).toISOString().slice(0, 10);

export const currencies = (items) => [...new Set(items.map(({ currency }) => currency))].toSorted();

/** A sum of amounts with two places, made in whole cents. */
export const total = (items, field) => items.reduce((sum, item) => sum + Math.round((item[field] ?? 0) * 100), 0) / 100;

export const count = (items, field) => items.reduce((sum, item) => sum + (item[field] ?? 0), 0);

/** The best of each product over all days, the most revenue first. */
export function bestProducts(items, currency, most = 8) {
  const products = new Map();
  for (const item of items.filter((one) => one.currency === currency)) {
    const before = products.get(item.productId) ?? { units: 0, returned: 0, cents: 0 };
    products.set(item.productId, {
      productId: item.productId,
      title: item.title ?? before.title,
      units: before.units + item.units,
      returned: before.returned + item.returned,
      cents: before.cents + Math.round(item.revenue * 100),
    });
  }
  return [...products.values()]
    .toSorted((a, b) => b.cents - a.cents || b.units - a.units)
    .slice(0, most)
    .map(({ cents, ...rest }) => ({ ...rest, revenue: cents / 100 }));
}

/** A round number that is not below the highest bar. */
export function ceiling(highest) {
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= highest);
}

/** Where each bar stands, in a box of this size: what was earned upwards, what went back within it. */
export function bars(days, { width, height, gap = 0.25 }) {
  const top = ceiling(Math.max(...days.map(({ revenue }) => revenue), 0));
  const step = width / Math.max(1, days.length);
  return days.map((day, i) => ({
    day,
    x: i * step + (step * gap) / 2,
    width: step * (1 - gap),
    height: (day.revenue / top) * height,
    back: Math.max(0, Math.min(1, day.refunds / top)) * height,
  }));
}
