import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { failureText } from '../../../src/cli/failureText.js';

suite('an error that nobody has explained', () => {
  for (const [code, message] of [
    ['EACCES', /^\/var\/x: this user may not use it\. Change its owner.*\(EACCES\)\.$/],
    ['EROFS', /^\/var\/x: its disk is read-only.*pressel doctor/],
    ['ENOSPC', /^\/var\/x: its disk is full\. Free some space/],
  ] as const) {
    test(`of the system (${code}) names the file and what to do`, () => {
      const error = Object.assign(new Error(`${code}: nothing that people understand`), { code, path: '/var/x' });
      assert.match(failureText(error), message);
    });
  }

  test('of a kind that has no remedy keeps its words', () => {
    assert.throws(
      () => readFileSync('/does/not/exist'),
      (error) => failureText(error).startsWith('ENOENT'),
    );
    assert.equal(failureText(new TypeError('what happened')), 'what happened');
    assert.equal(failureText('text'), 'text');
  });
});
