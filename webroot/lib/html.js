/**
 * `html` builds markup from a template and encodes every value on the way in, so that text from a seller or a server
 * can never become markup. Only what `html` itself made passes unencoded. Keep attribute values in quotes.
 */
class Markup {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

const CODES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

const isNothing = (value) => value === null || value === undefined || value === false;

function encode(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(encode).join('');
  return isNothing(value) ? '' : String(value).replace(/[&<>"'`]/g, (sign) => CODES[sign]);
}

export function html(parts, ...values) {
  return new Markup(parts.reduce((text, part, i) => text + encode(values[i - 1]) + part));
}
