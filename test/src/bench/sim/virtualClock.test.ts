import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sleep } from '../../../../hardware/clock.js';
import { VirtualClock } from '../../../../src/bench/sim/virtualClock.js';

const never = new AbortController().signal;

describe('the virtual clock', () => {
  it('lets hours pass at once', async () => {
    const clock = new VirtualClock();
    await clock.run(sleep(clock, 3_600_000, never));
    assert.equal(clock.now(), 3_600_000);
  });

  it('fires timers in the order in which they are due, then in which they were set, and none that was cleared', async () => {
    const clock = new VirtualClock();
    const fired: string[] = [];
    clock.setTimeout(() => fired.push('late'), 20);
    clock.setTimeout(() => fired.push('first'), 10);
    clock.setTimeout(() => fired.push('second'), 10);
    clock.clearTimeout(clock.setTimeout(() => fired.push('never'), 5));
    await clock.run(sleep(clock, 30, never));
    assert.deepEqual(fired, ['first', 'second', 'late']);
  });

  it('stands still until all that follows from a timer has happened', async () => {
    const clock = new VirtualClock();
    const work = async () => {
      await sleep(clock, 5, never);
      for (let turn = 0; turn < 50; turn++) await nextTurn();
      return clock.now();
    };
    clock.setTimeout(() => {}, 6);
    assert.equal(await clock.run(work()), 5);
  });

  it('says so when nothing is left that could end the work', async () => {
    const clock = new VirtualClock();
    await assert.rejects(clock.run(new Promise(() => {})), /no timer is set/);
  });
});
