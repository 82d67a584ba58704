import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BoundedExpression, SlowExpressionError } from '../../../../src/skills/own/boundedExpression.js';

suite('an expression of the owner', () => {
  test('gives its named groups, or nothing', () => {
    const water = new BoundedExpression(/^water the (?<plant>.+?)(?: (?<often>twice))?$/u);
    assert.deepEqual({ ...water.groupsOf('water the fern') }, { plant: 'fern', often: undefined });
    assert.deepEqual({ ...new BoundedExpression(/^tea$/u).groupsOf('tea') }, {});
    assert.equal(water.groupsOf('make tea'), undefined);
  });

  test('is stopped when it would take for ever, and can be asked again', () => {
    const slow = new BoundedExpression(/^(a+)+$/u);
    assert.throws(
      () => slow.groupsOf(`${'a'.repeat(60)}b`),
      (error) =>
        error instanceof SlowExpressionError && /\/\^\(a\+\)\+\$\/ has not read "a+b" in 50 ms/.test(error.message),
    );
    assert.ok(slow.groupsOf('aaa'));
  });
});
