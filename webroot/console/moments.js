const minutes = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const seconds = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** When something was, as operators read it. */
export const toMinute = (at) => minutes.format(new Date(at));
export const toSecond = (at) => seconds.format(new Date(at));
