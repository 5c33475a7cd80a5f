/**
 * The flash sales on the screen and where this visitor stands in them, as a fold of what was read and heard. Pure.
 *
 * Everybody hears the same: the ticket that is next. A place is reckoned from it, so it counts those who have left the
 * line in between, and never grows.
 */
export const noSales = { sales: new Map() };

export function reduce(state, event) {
  switch (event.type) {
    case 'sale':
      return event.open ? renew(state, event.productId, event) : without(state, event.productId);
    case 'ticket.read':
      return read(state, event.sale);
    case 'ticket.missing':
      return change(state, event.productId, (sale) => ({ ...sale, mine: null }));
    case 'sale.admitted':
      return change(state, event.productId, (sale) => ({
        ...sale,
        mine: { ticket: null, quantity: event.quantity, until: event.until, since: event.version },
      }));
    case 'line.renewed':
      return noSales;
    default:
      return state;
  }
}

/** What is heard of a sale says nothing about this visitor. */
function renew(state, id, news) {
  const known = state.sales.get(id);
  if (known && known.version >= news.version) return state;
  const { head, waiting, quantity, soldOut, version } = news;
  return keep(state, id, { ...known, mine: known?.mine ?? null, head, waiting, quantity, soldOut, version });
}

function read(state, sale) {
  const known = state.sales.get(sale.productId);
  const { head, waiting, quantity, soldOut, version } = known && known.version > sale.version ? known : sale;
  const mine = known?.mine?.since > sale.version ? known.mine : { ...sale.mine, since: sale.version };
  return keep(state, sale.productId, { head, waiting, quantity, soldOut, version, mine });
}

function change(state, id, next) {
  const known = state.sales.get(id) ?? { head: 0, waiting: 0, quantity: 0, soldOut: false, version: 0, mine: null };
  return keep(state, id, next(known));
}

const keep = (state, id, sale) => ({ ...state, sales: new Map(state.sales).set(id, sale) });

function without(state, id) {
  if (!state.sales.has(id)) return state;
  const sales = new Map(state.sales);
  sales.delete(id);
  return { ...state, sales };
}

/** Where a visitor stands: `turn`, `waiting` at a place, `soldOut`, or `open` to join. */
export function standing(sale) {
  const mine = sale?.mine;
  if (mine?.quantity > 0) return { is: 'turn', quantity: mine.quantity, until: mine.until };
  if (mine?.ticket) return { is: 'waiting', place: Math.max(1, mine.ticket - sale.head + 1) };
  if (sale?.soldOut) return { is: 'soldOut' };
  return { is: 'open', waiting: sale?.waiting ?? 0 };
}
