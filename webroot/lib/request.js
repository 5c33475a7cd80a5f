import { learnTime } from './clock.js';

/** An answer that is not a success: an RFC 9457 problem, or no answer at all (status 0). */
export class Problem extends Error {
  constructor({ status = 0, code = 'unknown', title = '', detail = '', errors = [] }) {
    super(detail || title || code);
    Object.assign(this, { status, code, title, detail, errors });
  }

  /** True when the server may have done it or not: asking again must carry the same key. */
  get outcomeUnknown() {
    return this.status === 0 || this.status >= 500 || [408, 425, 429].includes(this.status);
  }
}

const PATIENCE = 15_000;

/** One request and its answer, whatever comes of it. The header says that a page of ours means it. */
export async function request(method, path, body, headers = {}, options = {}) {
  const response = await reach(path, {
    method,
    cache: 'no-cache',
    signal: AbortSignal.timeout(PATIENCE),
    headers: {
      Accept: 'application/json, application/problem+json',
      ...(method === 'GET' ? {} : { 'X-Boutique': '1' }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    ...options,
  });
  learnTime(response.headers.get('Date'));
  const answer = await read(response);
  if (response.ok) return answer;
  throw new Problem({ ...answer, status: response.status });
}

/** `randomUUID` exists only on https and localhost; a shop tried out over the local network has neither. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (failure) {
    throw new Problem({ code: failure.name === 'TimeoutError' ? 'network.timeout' : 'network.lost' });
  }
}

async function read(response) {
  const isJson = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
  if (!isJson) return null;
  try {
    return await response.json();
  } catch {
    throw new Problem({ code: 'network.lost' });
  }
}
