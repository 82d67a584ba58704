import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { createButtonMachine } from '../../../machines/button.js';
import { buttonDelayDefaults } from '../../../machines/buttonDelays.js';
import { buttonDelaysOf } from '../../../src/appliance/openBody.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

async function defaults(t: TestContext) {
  const home = temporaryFolder(t);
  return (await loadConfig({ file: undefined, env: {}, home, systemFile: `${home}/none.toml` })).config;
}

suite("the button's delays as configured", () => {
  test('are those of the statechart when nothing is', async (t) => {
    const delays = buttonDelaysOf(await defaults(t));
    assert.deepEqual({ ...delays, countingAfterMs: 0 }, { ...buttonDelayDefaults, countingAfterMs: 0 });
    assert.ok(Math.abs(delays.countingAfterMs - buttonDelayDefaults.countingAfterMs) < 50);
  });

  test('keep their distances for every setting that is allowed', async (t) => {
    const config = await defaults(t);
    const settings = fc
      .record({
        holdAfterMs: fc.integer({ min: 100, max: 2_000 }),
        doubleTapMs: fc.integer({ min: 100, max: 2_000 }),
        longPressMs: fc.integer({ min: 500, max: 10_000 }),
      })
      .filter(({ holdAfterMs, longPressMs }) => holdAfterMs < longPressMs);
    fc.assert(
      fc.property(settings, (set) => {
        const delays = buttonDelaysOf({ ...config, button: { ...config.button, ...set } });
        createButtonMachine(delays); // throws when they do not ascend
        assert.equal(delays.holdAfterMs, set.holdAfterMs);
        assert.ok(delays.shutdownMs >= set.longPressMs + 2_000, 'a hold that mutes does not nearly shut down');
      }),
    );
  });
});
