/** How it is told to operators what stands still. Pure: the page only draws what is said here. */

/** Beyond this nobody has counted how many wait. */
const MANY = 100;

/** Who could not take something in, in words for whoever looks after the shop. */
export function nameOf(feed) {
  const [, room] = /^([a-z]+)\.reactions$/.exec(feed) ?? [];
  if (room) return `The room “${room}”`;
  const [, list] = /^([a-z-]+)\.\d+$/.exec(feed) ?? [];
  return list ? `The list “${list}”` : feed;
}

/** Which event it was; of one that is missing only its place is known. */
export function eventOf({ type, version }) {
  return `${type ?? 'An event that is missing'}, version ${version}`;
}

/** What else of the stream waits for it, and how often it was tried. */
export function stateOf({ tries, behind }) {
  const tried = tries === 0 ? 'Not tried yet' : `Tried ${times(tries)}`;
  if (behind === 0) return tried;
  const more = behind >= MANY ? `${MANY} or more events wait` : behind === 1 ? 'one more event waits' : `${behind} more events wait`;
  return `${tried}, ${more} behind it`;
}

/** What came of trying again. */
export function outcome({ over, parked }, before) {
  if (over) return { words: 'It is taken in, and everything behind it.', kind: 'good' };
  if (parked.version !== before.version) return { words: `It got on, as far as version ${parked.version}.`, kind: 'bad' };
  if (parked.tries > before.tries) return { words: 'The same again: it cannot be taken in yet.', kind: 'bad' };
  return { words: 'It is still being tried.', kind: 'good' };
}

const times = (count) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
