import { Problem, newKey, request } from './request.js';
import { mayRefresh, refresh } from './refresh.js';

export { Problem };

export const get = (path) => ask('GET', path);
export const post = (path, body) => ask('POST', path, body);
export const put = (path, body) => ask('PUT', path, body);
export const remove = (path) => ask('DELETE', path);

/**
 * Posts so that pressing twice does it once: the key of a request is kept until an answer has come, and goes along
 * again when the same request is repeated after a lost answer. So does the version that it was first pressed at, since
 * what was done without our hearing of it has made another.
 */
export async function postOnce(path, body, { version } = {}) {
  const pressed = `${path} ${JSON.stringify(body)}`;
  if (!openKeys.has(pressed)) {
    openKeys.set(pressed, { 'Idempotency-Key': newKey(), ...(version !== undefined && { 'If-Match': `"${version}"` }) });
  }
  try {
    const answer = await ask('POST', path, body, openKeys.get(pressed));
    openKeys.delete(pressed);
    return answer;
  } catch (problem) {
    if (!problem.outcomeUnknown) openKeys.delete(pressed);
    throw problem;
  }
}

/** Keys belong to the person who pressed, so they go when that person goes. */
export const forgetKeys = () => openKeys.clear();

const openKeys = new Map();

/** The proof of who is here lasts for minutes only: when it is over, it is renewed and the request made once more. */
async function ask(method, path, body, headers) {
  try {
    return await request(method, path, body, headers);
  } catch (problem) {
    const renewed = problem.code === 'auth.required' && mayRefresh() && (await refresh());
    if (!renewed) throw problem;
    return await request(method, path, body, headers);
  }
}
