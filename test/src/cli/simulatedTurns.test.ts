import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { simulatedTurns } from '../../../src/cli/simulatedTurns.js';
import { UsageError } from '../../../src/cli/usageError.js';

suite('bench turn --pi', () => {
  test('compares the policies, and is the same each time', async () => {
    const flags = { pi: '5', turns: '10', seed: '7' };
    const result = await simulatedTurns(flags);
    assert.deepEqual(await simulatedTurns(flags), result);
    assert.ok(Object.keys(result.document.policies).includes('blocking'));
    assert.equal(result.document.llmModel, 'qwen2.5:0.5b');
  });

  for (const [flags, message] of [
    [{ pi: '3' }, /--pi is 4 or 5, not "3"/],
    [{ pi: '5', llmModel: 'gpt' }, /speed of "gpt" on a Pi is not known/],
    [{ pi: '5', turns: '0' }, /--turns is a number from 1/],
    [{ pi: '5', seed: 'x' }, /--seed is a number/],
  ] as const) {
    test(`refuses ${JSON.stringify(flags)}`, () =>
      assert.rejects(simulatedTurns(flags), { constructor: UsageError, message }));
  }
});
