import { createStore } from '../lib/store.js';
import { forgetKeys, get, post } from '../lib/http.js';

/** Who is here: `undefined` until the server has said, then a user or null. The proof itself is a cookie no script sees. */
export function openSession() {
  const store = createStore((user, event) => (user && event?.id === user.id ? user : event), undefined);

  function arrive(user) {
    forgetKeys();
    store.dispatch(user);
    return user;
  }

  return {
    store,
    get user() {
      return store.state ?? null;
    },
    check: async () => store.dispatch((await get('/api/users/currentuser')).currentUser ?? null),
    signUp: async (email, password) => arrive(await post('/api/users/signup', { email, password })),
    signIn: async (email, password) => arrive(await post('/api/users/signin', { email, password })),
    async signOut() {
      await post('/api/users/signout');
      arrive(null);
    },
    expire: () => arrive(null),
  };
}
