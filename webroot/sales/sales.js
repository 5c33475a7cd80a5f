/**
 * The flash sales on the screen and where this visitor stands in them, as a fold of what was read and heard. Pure.
 *
 * Everybody hears the same, and reckons their own place from it. `gone` counts who is out of the line, admitted or not;
 * `left` how many of these have left by themselves, and `trail` says which tickets those had, since the message before.
 * Who is admitted stood in front of everybody who still waits; who leaves may have stood behind. So a place is exact as
 * long as every ticket that was given back is known; if one is not, the place is the last one that it can be, and asked
 * for anew.
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

/** What is heard of a sale says of this visitor only who is not in front of them any more. */
function renew(state, id, news) {
  const known = state.sales.get(id);
  if (known && known.version >= news.version) return state;
  return keep(state, id, { ...heard(news), mine: known?.mine ? moved(known.mine, known, news) : null });
}

const heard = ({ head, waiting, gone, left, quantity, soldOut, version }) => ({
  head,
  waiting,
  gone,
  left,
  quantity,
  soldOut,
  version,
});

/** Where somebody stands after these news who stood so before. */
function moved(mine, before, { gone, left, trail = [] }) {
  if (!mine.ticket) return mine;
  if (gone < before.gone) return { ...mine, doubtful: true }; // another sale by now: perhaps we are not in its line
  const leavers = left - before.left;
  const known = leavers > 0 ? trail.slice(-leavers) : [];
  const untold = leavers - known.length;
  const behind = known.filter((ticket) => ticket > mine.ticket).length;
  const place = mine.place - (gone - before.gone) + behind + untold;
  return { ...mine, place, doubtful: Boolean(mine.doubtful) || untold > 0 };
}

/** A place that was read is exact at its version; what was heard of a later one is made up for. */
function read(state, sale) {
  const known = state.sales.get(sale.productId);
  const later = known && known.version > sale.version ? known : null;
  const fresh = { ...sale.mine, since: sale.version, doubtful: false };
  const own = known?.mine?.since > sale.version ? known.mine : later ? moved(fresh, sale, later) : fresh;
  return keep(state, sale.productId, { ...heard(later ?? sale), mine: own });
}

const unknown = { head: 0, waiting: 0, gone: 0, left: 0, quantity: 0, soldOut: false, version: 0, mine: null };

function change(state, id, next) {
  return keep(state, id, next(state.sales.get(id) ?? unknown));
}

const keep = (state, id, sale) => ({ ...state, sales: new Map(state.sales).set(id, sale) });

function without(state, id) {
  if (!state.sales.has(id)) return state;
  const sales = new Map(state.sales);
  sales.delete(id);
  return { ...state, sales };
}

/** Of which products the visitor's place is not known exactly. */
export const doubts = ({ sales }) => [...sales].filter(([, { mine }]) => mine?.doubtful).map(([id]) => id);

/** Where a visitor stands: `turn`, `waiting` at a place, `soldOut`, or `open` to join. */
export function standing(sale) {
  const mine = sale?.mine;
  if (mine?.quantity > 0) return { is: 'turn', quantity: mine.quantity, until: mine.until };
  if (mine?.ticket) {
    const place = { is: 'waiting', place: Math.max(1, mine.place) };
    return mine.doubtful ? { ...place, atMost: true } : place;
  }
  if (sale?.soldOut) return { is: 'soldOut' };
  return { is: 'open', waiting: sale?.waiting ?? 0 };
}
