import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { policiesOf, seedOf } from '../../../src/cli/turnFlags.js';
import { UsageError } from '../../../src/cli/usageError.js';

suite('the flags of bench turn', () => {
  test('name policies, with commas between them', () => {
    assert.deepEqual(policiesOf({ policy: 'pressel, blocking' }), ['blocking', 'pressel']);
    assert.equal(policiesOf({}).length, 6);
  });

  test('are refused when there is no such policy', () => {
    assert.throws(() => policiesOf({ policy: 'pressel,fast' }), {
      constructor: UsageError,
      message: /no policy "fast"/,
    });
    assert.throws(() => seedOf({ seed: '-1' }), UsageError);
  });
});
