import { createStore } from '../lib/store.js';

/** `cards` are null until the provider has said which there are; `isTest` where no money moves. */
export const unknown = { cards: null, failure: null, isTest: false };

export function reduce(state, event) {
  switch (event.type) {
    case 'read':
      return { cards: event.cards, failure: null, isTest: event.isTest };
    case 'left':
      return { ...state, cards: [...(state.cards ?? []).filter(({ id }) => id !== event.card.id), event.card] };
    case 'forgotten':
      return { ...state, cards: (state.cards ?? []).filter(({ id }) => id !== event.id) };
    case 'failed':
      return state.cards === null ? { ...state, failure: event.problem } : state;
    case 'turned':
      return unknown;
    default:
      return state;
  }
}

/** What of the list there is to see. */
export function whenOf(user, { cards, failure }) {
  if (user === null) return 'guest';
  if (failure) return 'failed';
  if (!user || cards === null) return 'loading';
  return cards.length > 0 ? 'some' : 'none';
}

/** The cards of whoever is here. What is answered to somebody who has gone meanwhile is told to nobody. */
export function openWallet(till) {
  const store = createStore(reduce, unknown);
  let turn = 0;

  async function told(asking, event) {
    const mine = turn;
    const answer = await asking;
    if (mine === turn) store.dispatch(event(answer));
    return answer;
  }

  return {
    store,
    turn() {
      turn += 1;
      store.dispatch({ type: 'turned' });
    },
    async load() {
      const mine = turn;
      try {
        await told(Promise.all([till.cards(), till.publishableKey()]), ([cards, key]) => ({
          type: 'read',
          cards,
          isTest: key === null,
        }));
      } catch (problem) {
        if (mine === turn) store.dispatch({ type: 'failed', problem });
        throw problem;
      }
    },
    leave: (token) => told(till.leave(token), (card) => ({ type: 'left', card })),
    /** One that is not there any more is forgotten already. */
    forget: (id) =>
      told(
        till.forget(id).catch((problem) => {
          if (problem.status !== 404) throw problem;
        }),
        () => ({ type: 'forgotten', id }),
      ),
  };
}
