/**
 * A seller's products and their flash sales, as a fold of what was read. Pure. `proofs` holds what the auditor said
 * last of each.
 */
export const emptyBooth = { books: [], titles: new Map(), proofs: new Map(), nextCursor: null, loaded: false };

export function reduce(state, event) {
  switch (event.type) {
    case 'books.page':
      return page(state, event);
    case 'books.read':
      return read(state, event.book);
    case 'title.read':
      return { ...state, titles: new Map(state.titles).set(event.productId, event.title) };
    case 'audit.read':
      return { ...state, proofs: new Map(state.proofs).set(event.audit.productId, event.audit) };
    case 'seller.changed':
      return emptyBooth;
    default:
      return state;
  }
}

function page(state, { items, nextCursor, first }) {
  const before = new Map(state.books.map((book) => [book.id, book]));
  const fresh = items.map((book) => newer(before.get(book.id), book));
  const shown = new Set(fresh.map(({ id }) => id));
  const books = first ? fresh : [...state.books.filter(({ id }) => !shown.has(id)), ...fresh];
  return { ...state, books, nextCursor: nextCursor ?? null, loaded: true };
}

const newer = (known, book) => (known && known.version > book.version ? known : book);

/** Of a product that is new here, at the top. */
function read(state, book) {
  const known = state.books.find(({ id }) => id === book.id);
  if (!known) return { ...state, books: [book, ...state.books] };
  if (known.version >= book.version) return state;
  return { ...state, books: state.books.map((one) => (one.id === book.id ? book : one)) };
}

/** Which of them have a flash sale now: what happens there is looked at again and again. */
export const openSales = ({ books }) => books.filter(({ sale }) => sale).map(({ id }) => id);

const LONGEST_MINUTES = 60;
const MOST_EACH = 10_000;

/** What a seller typed, as terms, or what is wrong with it by field. */
export function termsOf({ perCustomer, minutes }) {
  const each = wholeOf(perCustomer);
  const window = wholeOf(minutes);
  const errors = [
    ...within(each, MOST_EACH, { field: 'perCustomer', message: 'Please write a whole number from 1.' }),
    ...within(window, LONGEST_MINUTES, { field: 'minutes', message: 'Please write 1 to 60 minutes.' }),
  ];
  return errors.length > 0 ? { errors } : { terms: { perCustomer: each, windowSeconds: window * 60 } };
}

const within = (number, most, error) => (number >= 1 && number <= most ? [] : [error]);

const wholeOf = (text) => (/^\s*\d{1,6}\s*$/.test(text) ? Number(text) : Number.NaN);

const counted = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** What the auditor found, in plain words. */
export function proofOf(audit) {
  const { proven, violations } = audit;
  return {
    good: proven,
    title: proven ? 'The books are right' : 'The books are wrong',
    sentences: [theRead(audit), ...(proven ? [theGoods(audit), ...theLine(audit)] : violations)],
  };
}

const theRead = ({ events }) =>
  `Everything that ever happened here was read again: ${counted(events, 'entry', 'entries')}.`;

function theGoods({ received, available, reserved, allocated, sold, writtenOff }) {
  const parts = [
    `${available} left`,
    `${reserved} kept for shoppers`,
    `${allocated} paid`,
    `${sold} sent`,
    ...(writtenOff > 0 ? [`${writtenOff} written off`] : []),
  ];
  return `${received} came in: ${parts.join(', ')}. That adds up, so nothing was sold that was not there.`;
}

/** Of all its flash sales together. */
function theLine({ tickets, admitted, left, waiting }) {
  if (tickets === 0) return [];
  const others = [
    ...(left > 0 ? [`${left} left before it was their turn, or were in line when it ended`] : []),
    ...(waiting > 0 ? [`${waiting} still ${waiting === 1 ? 'waits' : 'wait'}`] : []),
  ];
  const served = `${counted(tickets, 'ticket')} given out, ${admitted} let in, each in the order of arrival`;
  return [`${[served, ...others].join('; ')}. Nobody passed the line.`];
}
