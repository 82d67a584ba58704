import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { sleep } from '../../../hardware/clock.js';
import { QuietWork } from '../../../src/appliance/quietWork.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

/** Work of 1 s that begins after 2 s of quiet. */
function scene({ fails = false } = {}) {
  const clock = new SteppedClock();
  const seen = { begun: 0, aborted: 0, done: 0, failed: 0 };
  const quiet = new QuietWork({
    clock,
    work: async (signal) => {
      seen.begun += 1;
      signal.addEventListener('abort', () => seen.aborted++);
      await sleep(clock, 1_000, signal);
      if (fails) throw new Error('out of order');
      seen.done += 1;
    },
    onFailed: () => seen.failed++,
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settle();
  };
  return { clock, quiet, seen, pass };
}

suite('work for a quiet time', () => {
  test('begins when it has been quiet for a while, and is done once', async () => {
    const { clock, quiet, seen, pass } = scene();
    quiet.follow(true);
    await pass(1_999);
    quiet.follow(true);
    assert.equal(seen.begun, 0);
    await pass(1);
    assert.equal(seen.begun, 1);
    await pass(1_000);
    quiet.follow(false);
    quiet.follow(true);
    await pass(60_000);
    assert.deepEqual(seen, { begun: 1, aborted: 0, done: 1, failed: 0 });
    assert.equal(clock.waiting, 0);
  });

  test('is not begun while there is no quiet', async () => {
    const { clock, quiet, seen, pass } = scene();
    for (let n = 0; n < 10; n++) {
      quiet.follow(true);
      await pass(1_500);
      quiet.follow(false);
      assert.equal(clock.waiting, 0);
    }
    assert.equal(seen.begun, 0);
  });

  test('is stopped at once when somebody needs the computer, and begun again later', async () => {
    const { clock, quiet, seen, pass } = scene();
    quiet.follow(true);
    await pass(2_500);
    quiet.follow(false);
    assert.equal(seen.aborted, 1);
    assert.equal(clock.waiting, 0);
    await pass(60_000);
    assert.equal(seen.begun, 1);
    quiet.follow(true);
    await pass(2_000);
    await pass(1_000);
    assert.deepEqual(seen, { begun: 2, aborted: 1, done: 1, failed: 0 });
  });

  test('that fails is told once, and not tried again', async () => {
    const { quiet, seen, pass } = scene({ fails: true });
    quiet.follow(true);
    await pass(2_000);
    await pass(1_000);
    quiet.follow(false);
    quiet.follow(true);
    await pass(60_000);
    assert.deepEqual(seen, { begun: 1, aborted: 0, done: 0, failed: 1 });
  });

  test('leaves nothing behind when it is stopped for good, before or in the middle', async () => {
    for (const afterMs of [1_000, 2_500]) {
      const { clock, quiet, seen, pass } = scene();
      quiet.follow(true);
      await pass(afterMs);
      quiet.stop();
      quiet.follow(true);
      await pass(60_000);
      assert.equal(seen.done + seen.failed, 0);
      assert.equal(clock.waiting, 0);
    }
  });
});
