/** The server's time, as well as we know it: deadlines are the server's, and a visitor's clock may be wrong. */

let offset = 0;

export const now = () => Date.now() + offset;

/** The Date header has whole seconds, so a smaller difference says nothing. */
export function learnTime(dateHeader) {
  const difference = Date.parse(dateHeader) - Date.now();
  if (!Number.isNaN(difference)) offset = Math.abs(difference) < 2000 ? 0 : difference;
}

const two = (n) => String(n).padStart(2, '0');

/** How long until `deadline`: a text for a clock face, words for a screen reader, and the share of the span left. */
export function countdown(deadline, at, start) {
  const end = Date.parse(deadline);
  const left = Math.max(0, Math.ceil((end - at) / 1000));
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const span = (end - Date.parse(start)) / 1000;
  return {
    over: left === 0,
    text: hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`,
    words: words(hours, minutes, seconds),
    share: span > 0 ? Math.min(1, left / span) : 0,
  };
}

function words(hours, minutes, seconds) {
  if (hours > 0) return `${plural(hours, 'hour')} ${plural(minutes, 'minute')}`;
  return minutes > 0 ? plural(minutes, 'minute') : plural(seconds, 'second');
}

export const plural = (n, noun) => `${n} ${noun}${n === 1 ? '' : 's'}`;
