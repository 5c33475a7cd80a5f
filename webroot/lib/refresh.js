import { newKey, request } from './request.js';

/**
 * Goes on with the session when its short proof is over. The token for that is in a cookie that no script sees and is
 * good once, so one tab at a time asks, and the others use what it got.
 */
const LOCK = 'boutique.refresh';
const SIGNED_IN = 'boutique.signed-in';
const RENEWED = 'boutique.renewed';

const listeners = new Set();
let running = null;

/** `listener('renewed' | 'over')` hears what became of the session, in this tab. */
export const watchSession = (listener) => listeners.add(listener);

/** Whether somebody has signed in here and not out again, as far as a page can know. */
export const mayRefresh = () => notes.get(SIGNED_IN) !== null;

export function noteSignedIn(signedIn) {
  if (!signedIn) notes.remove(SIGNED_IN);
  else if (!mayRefresh()) notes.set(SIGNED_IN, newKey());
}

/** True when there is a new proof, false when the session is over; throws when the shop could not be asked. */
export function refresh() {
  running ??= renewInTurn().finally(() => (running = null));
  return running;
}

async function renewInTurn() {
  const known = notes.get(RENEWED);
  const renewed = await inTurn(() => (notes.get(RENEWED) === known ? renew() : mayRefresh()));
  for (const listener of listeners) listener(renewed ? 'renewed' : 'over');
  return renewed;
}

/** An answer that was lost is given again to who asks for it with the same key; with another, the session would end. */
async function renew() {
  const key = nextKey();
  try {
    await request('POST', '/api/users/refresh', undefined, { 'Idempotency-Key': key }, { keepalive: true });
  } catch (problem) {
    if (problem.outcomeUnknown) throw problem;
    return over();
  }
  notes.set(RENEWED, key);
  return true;
}

/** All tabs come to the same one, until an answer has come: those that ask at once ask the same, and end nothing. */
const nextKey = () => `${notes.get(SIGNED_IN)}-${Number(notes.get(RENEWED)?.split('-').pop() ?? 0) + 1}`;

function over() {
  noteSignedIn(false);
  return false;
}

/** Old browsers, and pages over plain HTTP, have no locks; then the key that they share must do. */
const inTurn = (task) => globalThis.navigator?.locks?.request(LOCK, task) ?? task();

/** What all tabs know. A browser that keeps nothing for us forgets it with the page. */
const notes = {
  own: new Map(),
  get(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return this.own.get(name) ?? null;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch {
      this.own.set(name, value);
    }
  },
  remove(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      this.own.delete(name);
    }
  },
};
