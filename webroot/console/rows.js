/** How rows are read, and kept as the shop has them. Pure: `listing.js` draws what comes of it. */

export const PAGE = 25;

/** With one question the shop answers no more than so many. */
const LARGEST = 100;

/** Of so many rows all are kept up to date. Whoever has more of them open looks through them, and watches none. */
export const MOST_WATCHED = 500;

const FIRST = { cursor: null, limit: PAGE };

/** What a page is asked for with. */
export const pageOf = (filter, { cursor, limit } = FIRST) =>
  new URLSearchParams({ ...filter, ...(cursor && { cursor }), limit: String(limit) }).toString();

/** Reads on behind `cursor` until there are `most`, or no more. `ask({ cursor, limit })` answers one page. */
export async function readRows(ask, most, cursor = null) {
  const items = [];
  let page;
  do {
    page = await ask({ cursor, limit: Math.min(LARGEST, most - items.length) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && page.items.length > 0 && items.length < most);
  return { items, cursor };
}

/** The row that somebody was at, or when it is gone the one that has its place by now. */
export function stillAt(id, before, items) {
  if (items.some((one) => one.id === id)) return id;
  const place = before.findIndex((one) => one.id === id);
  return items[Math.min(place, items.length - 1)]?.id ?? null;
}

/** How many some lists have together, as far as they were read, for a badge: none is nothing to show. */
export function counted(lists) {
  const count = lists.reduce((sum, list) => sum + list.count, 0);
  return count === 0 ? '' : `${count}${lists.some(({ more }) => more) ? '+' : ''}`;
}

/** The same of one, in words. */
export const howMany = ({ length }, cursor) => (cursor === null ? `${length} in all` : `The first ${length}`);
