import test from 'node:test';
import assert from 'node:assert/strict';
import { html } from '../lib/html.js';
import { formatMoney, parseMoney, times } from '../lib/money.js';
import { countdown, learnTime, now, plural } from '../lib/clock.js';
import { createStore } from '../lib/store.js';
import { kindly } from '../lib/kindly.js';
import { drawArt } from '../catalog/product-art.js';

test('html encodes every value', () => {
  const title = `<img src=x onerror="alert('1')"> & \`more\``;
  const text = String(html`<b title="${title}">${title}</b>`);
  assert.ok(!/<img|"alert|'1'|`more/.test(text));
  assert.match(text, /^<b title="&lt;img src=x onerror=&quot;alert\(&#39;1&#39;\)&quot;&gt; &amp; &#96;more&#96;">/);
});

test('html lets through only what html made, also in lists', () => {
  assert.equal(
    String(html`<ul>${['<a>', '<b>'].map((t) => html`<li>${t}</li>`)}</ul>`),
    '<ul><li>&lt;a&gt;</li><li>&lt;b&gt;</li></ul>',
  );
  assert.equal(String(html`${{ text: '<b>', toString: () => '<i>' }}`), '&lt;i&gt;');
});

test('html shows zero and hides nothing, undefined and false', () => {
  assert.equal(String(html`[${0}${null}${undefined}${false}${''}]`), '[0]');
});

test('a picture drawn from a title holds no part of the title, and is the same each time', () => {
  const title = '"><script>alert(1)</script>';
  assert.equal(String(drawArt(title)), String(drawArt(title)));
  assert.ok(!String(drawArt(title)).includes('script'));
  assert.notEqual(String(drawArt('Linen shirt')), String(drawArt('Walnut desk lamp')));
});

test('every picture is drawn with numbers and needs no style attribute', () => {
  for (let i = 0; i < 500; i++) assert.ok(!/NaN|undefined|style=/.test(String(drawArt(`Product ${i}`))));
  assert.match(String(drawArt('')), /<svg/);
});

test('money has its sign and two places, or none when it is whole', () => {
  assert.equal(formatMoney(999, 'USD'), '$999');
  assert.equal(formatMoney(1998.5, 'USD'), '$1,998.50');
  assert.equal(formatMoney(19.99, 'EUR'), '€19.99');
  assert.equal(formatMoney(0), '$0');
});

test('sums are made in cents', () => {
  assert.equal(times(0.1, 3), 0.3);
  assert.equal(times(19.99, 3), 59.97);
  assert.equal(times(1.15, 100), 115);
});

test('a typed price is an amount with at most two places, or nothing', () => {
  for (const [typed, amount] of [
    ['49.90', 49.9],
    [' 49,9 ', 49.9],
    ['1299', 1299],
    ['0', 0],
  ])
    assert.equal(parseMoney(typed), amount);
  for (const typed of ['', 'abc', '1.999', '-5', '1,2,3', '1e9', '.5', '12345678901'])
    assert.equal(parseMoney(typed), null);
});

const at = (time) => Date.parse(`2026-01-01T${time}Z`);
const left = (time) => countdown('2026-01-01T10:15:00Z', at(time), '2026-01-01T10:00:00Z');

test('a countdown shows minutes and seconds, and the share that is left', () => {
  assert.deepEqual(left('10:00:00'), { over: false, text: '15:00', words: '15 minutes', share: 1 });
  assert.deepEqual(left('10:14:55'), { over: false, text: '0:05', words: '5 seconds', share: 5 / 900 });
  assert.equal(left('10:13:59').words, '1 minute');
});

test('a countdown is over at its deadline, not a moment before, and stays over', () => {
  assert.equal(left('10:14:59.999').over, false);
  assert.equal(left('10:14:59.999').text, '0:01');
  assert.deepEqual(left('10:15:00'), { over: true, text: '0:00', words: '0 seconds', share: 0 });
  assert.equal(left('11:00:00').text, '0:00');
});

test('a long countdown shows hours', () => {
  const { text, words } = countdown('2026-01-01T12:05:09Z', at('10:00:00'), '2026-01-01T10:00:00Z');
  assert.equal(text, '2:05:09');
  assert.equal(words, '2 hours 5 minutes');
});

test('a countdown without a span has no share to show', () => {
  assert.equal(countdown('2026-01-01T10:15:00Z', at('10:00:00'), undefined).share, 0);
});

test('a wrong clock is corrected by the server, a small difference is not', () => {
  learnTime(new Date(Date.now() + 3_600_000).toUTCString());
  assert.ok(Math.abs(now() - Date.now() - 3_600_000) < 2000);
  learnTime(null);
  assert.ok(now() - Date.now() > 3_000_000, 'an answer without a date teaches nothing');
  learnTime(new Date().toUTCString());
  assert.ok(Math.abs(now() - Date.now()) < 50);
});

test('one is singular', () => {
  assert.equal(plural(1, 'minute'), '1 minute');
  assert.equal(plural(0, 'minute'), '0 minutes');
});

test('a store tells its listeners of changes only', () => {
  const store = createStore((n, event) => n + event, 1);
  const heard = [];
  store.subscribe((state, before) => heard.push([before, state]));
  store.dispatch(0);
  store.dispatch(2);
  assert.deepEqual(heard, [[1, 3]]);
});

test('a known code gets our words, an unknown one the server’s, and nothing still gets something', () => {
  assert.match(kindly({ code: 'stock.insufficient', status: 409, detail: 'requested 3, available 1' }), /faster/);
  assert.equal(kindly({ code: 'cart.locked', status: 409, detail: 'Your cart is locked.' }), 'Your cart is locked.');
  assert.equal(kindly({ code: 'x', status: 400, errors: [{ field: 'a', message: 'Too long.' }] }), 'Too long.');
  assert.match(kindly({ code: 'x', status: 500, detail: 'NullPointerException' }), /our side/);
  assert.match(kindly({ status: 418 }), /did not work/);
});
