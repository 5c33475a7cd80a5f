import { createStore } from '../lib/store.js';
import { forgetKeys, get, post } from '../lib/http.js';
import { mayRefresh, noteSignedIn, refresh } from '../lib/refresh.js';

/** Who is here: `undefined` until the server has said, then a user or null. The proof itself is a cookie no script sees. */
export function openSession() {
  const store = createStore((user, event) => (user && event?.id === user.id ? user : event), undefined);

  function arrive(user) {
    forgetKeys();
    noteSignedIn(user !== null);
    store.dispatch(user);
    return user;
  }

  const ask = async () => (await get('/api/users/currentuser')).currentUser ?? null;

  /** Somebody whose proof is over is nobody to the server, until it is renewed. */
  async function check() {
    const user = (await ask()) ?? (mayRefresh() && (await refresh()) ? await ask() : null);
    noteSignedIn(user !== null);
    store.dispatch(user);
  }

  return {
    store,
    get user() {
      return store.state ?? null;
    },
    check,
    signUp: async (email, password) => arrive(await post('/api/users/signup', { email, password })),
    signIn: async (email, password) => arrive(await post('/api/users/signin', { email, password })),
    askReset: (email) => post('/api/users/password-reset', { email }),
    resetPassword: (token, password) => post('/api/users/password-reset/confirm', { token, password }),
    async signOut() {
      await post('/api/users/signout');
      arrive(null);
    },
    expire: () => arrive(null),
  };
}
