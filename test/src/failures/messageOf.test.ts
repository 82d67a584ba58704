import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageOf } from '../../../src/failures/messageOf.js';

test('whatever is thrown becomes words', () => {
  assert.equal(messageOf(new Error('the disk is full')), 'the disk is full');
  assert.equal(messageOf(new TypeError()), 'TypeError');
  assert.equal(messageOf('no'), 'no');
  assert.equal(messageOf(undefined), 'undefined');
  assert.equal(messageOf(Object.create(null)), 'something that is no error was thrown');
});
