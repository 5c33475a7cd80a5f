import test from 'node:test';
import assert from 'node:assert/strict';
import { whileSeen } from '../lib/while-seen.js';

/** A page that is seen or not, and a clock that runs when it is told to. */
function world() {
  const waiting = [];
  const page = new EventTarget();
  page.hidden = false;
  return {
    page,
    waiting,
    wait: (turn, pause) => {
      const one = { turn, pause };
      waiting.push(one);
      return one;
    },
    unwait: (one) => waiting.includes(one) && waiting.splice(waiting.indexOf(one), 1),
    async passes() {
      await waiting.shift()?.turn();
    },
    turnsTo(hidden) {
      page.hidden = hidden;
      page.dispatchEvent(new Event('visibilitychange'));
    },
  };
}

test('it is done again and again, one at a time, with a pause between', async () => {
  const at = world();
  let done = 0;
  whileSeen(1000, async () => ++done > 0, at);
  await at.passes();
  await at.passes();
  assert.equal(done, 2);
  assert.deepEqual(at.waiting.map(({ pause }) => pause), [1000]);
});

test('nothing is asked while nobody looks, and at once when somebody does again', async () => {
  const at = world();
  let done = 0;
  whileSeen(1000, async () => ++done > 0, at);
  at.turnsTo(true);
  await at.passes();
  assert.equal(done, 0);
  at.turnsTo(false);
  await Promise.resolve();
  assert.equal(done, 1);
});

test('who comes back while it is being done does not have it done twice', async () => {
  const at = world();
  const answers = [];
  whileSeen(1000, () => new Promise((answer) => answers.push(answer)), at);
  const first = at.passes();
  at.turnsTo(true);
  at.turnsTo(false);
  assert.equal(answers.length, 1);
  answers[0](true);
  await first;
  assert.equal(at.waiting.length, 1);
});

test('a shop that does not answer is asked less and less, and as before when it does', async () => {
  const at = world();
  const well = [false, false, true];
  whileSeen(25_000, async () => well.shift(), at);
  const pauses = [];
  for (let i = 0; i < 3; i++) {
    await at.passes();
    pauses.push(at.waiting[0].pause);
  }
  assert.deepEqual(pauses, [50_000, 60_000, 25_000]);
});
