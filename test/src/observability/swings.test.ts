import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SimulatedClock } from 'xstate';
import { Swings, sinceTold } from '../../../src/observability/swings.js';

const HOUR_S = 3600;

suite('what fails and works in turn', () => {
  test('is told a few times, and then every ten minutes with how often it was not', () => {
    const clock = new SimulatedClock();
    const swings = new Swings(clock);
    const told: number[] = [];
    for (let second = 0; second < HOUR_S; second++) {
      const untold = swings.fails();
      if (untold !== undefined) told.push(untold);
      assert.equal(swings.works(), untold !== undefined, 'both or neither');
      clock.increment(1000);
    }
    assert.deepEqual(told.slice(0, 5), [0, 0, 0, 0, 0]);
    assert.equal(told.length, 10);
    assert.ok(told.slice(5).every((untold) => untold > 500));
  });

  test('is told in the end where it fails for good, and that it works then', () => {
    const clock = new SimulatedClock();
    const swings = new Swings(clock);
    while (swings.fails() !== undefined) swings.works();
    clock.increment(600_000);
    assert.equal(swings.fails(), 0, 'the failure that was not told goes on');
    assert.equal(swings.works(), true);
    assert.equal(swings.works(), false, 'it has worked all the time');
  });

  test('is said to have failed only where it has', () => {
    assert.deepEqual([sinceTold(0), sinceTold(3)], [{}, { timesUntold: 3 }]);
  });
});
