/** The longest pause while the shop cannot be reached: whoever looks on should not wait much longer. */
const LONGEST = 60_000;

/**
 * Does `task` again and again as long as somebody sees the page, and at once when they come back to it. It answers
 * whether it went well; when it did not, the next one waits twice as long.
 */
export function whileSeen(pause, task, { page = document, wait = setTimeout, unwait = clearTimeout } = {}) {
  let next = null;
  let running = false;
  let patience = pause;

  async function turn() {
    unwait(next);
    if (running || page.hidden) return;
    running = true;
    const well = await task();
    running = false;
    patience = well === false ? Math.min(LONGEST, patience * 2) : pause;
    next = wait(turn, patience);
  }

  page.addEventListener('visibilitychange', () => {
    if (page.hidden) unwait(next);
    else turn();
  });
  next = wait(turn, pause);
}
