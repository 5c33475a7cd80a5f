import test from 'node:test';
import assert from 'node:assert/strict';
import { resetToken } from '../routes.js';

test('the link in a mail about a password leads to its token, and no other address does', () => {
  assert.equal(resetToken('#/reset=aB3_-.x9'), 'aB3_-.x9');
  for (const hash of ['', '#/', '#/reset=', '#/reset', '#/orders', '#/reset=<b>', '#/reset=a/b', 'reset=a']) {
    assert.equal(resetToken(hash), null, hash);
  }
});
