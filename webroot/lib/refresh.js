import { newKey, request } from './request.js';

/**
 * Goes on with the session when its short proof is over. The token for that is in a cookie that no script sees and is
 * good once, so one tab at a time asks, and the others use what it got.
 */
const LOCK = 'boutique.refresh';
const SIGNED_IN = 'boutique.signed-in';
const RENEWED = 'boutique.renewed';
const RACE_PAUSE = 500;

const listeners = new Set();
let running = null;
let openKey = null;

/** `listener('renewed' | 'over')` hears what became of the session, in this tab. */
export const watchSession = (listener) => listeners.add(listener);

/** Whether somebody has signed in here and not out again, as far as a page can know. */
export const mayRefresh = () => notes.get(SIGNED_IN) !== null;

export function noteSignedIn(signedIn) {
  if (signedIn) notes.set(SIGNED_IN, '1');
  else notes.remove(SIGNED_IN);
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

/** The key is kept until an answer has come: with it, an answer that was lost is given again. */
async function renew() {
  openKey ??= newKey();
  try {
    await request('POST', '/api/users/refresh', undefined, { 'Idempotency-Key': openKey }, { keepalive: true });
    notes.set(RENEWED, openKey);
  } catch (problem) {
    if (problem.outcomeUnknown) throw problem;
    if (problem.code !== 'session.refreshing') return over();
    await new Promise((resume) => setTimeout(resume, RACE_PAUSE)); // another tab without locks has just done it
  }
  openKey = null;
  return true;
}

function over() {
  openKey = null;
  noteSignedIn(false);
  return false;
}

/** Old browsers, and pages over plain HTTP, have no locks; then the server sorts out a race. */
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
