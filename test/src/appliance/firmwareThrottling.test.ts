import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { firmwareThrottling, throttlingWords } from '../../../src/appliance/firmwareThrottling.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

suite('what the firmware reports', () => {
  const cases = [
    ['0', []],
    ['1', ['under-voltage']],
    ['e', ['frequency capped', 'throttled', 'soft temperature limit']],
    ['50005', ['under-voltage', 'throttled']],
    ['50000', ['under-voltage (earlier)', 'throttled (earlier)']],
    ['80008', ['soft temperature limit']],
  ] as const;
  for (const [bits, words] of cases) {
    test(`as 0x${bits} is ${words.join(', ') || 'nothing'}`, async (t) => {
      const file = path.join(temporaryFolder(t), 'get_throttled');
      writeFileSync(file, `${bits}\n`);
      const found = await firmwareThrottling(file);
      assert.deepEqual(found && throttlingWords(found), words);
    });
  }

  test('is unknown on another computer, or where the file holds something else', async (t) => {
    const file = path.join(temporaryFolder(t), 'get_throttled');
    assert.equal(await firmwareThrottling(file), undefined);
    writeFileSync(file, 'no\n');
    assert.equal(await firmwareThrottling(file), undefined);
  });
});
