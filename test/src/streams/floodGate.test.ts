import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedClock } from 'xstate';
import { FloodGate } from '../../../src/streams/floodGate.js';

test('a flood gate lets a burst through, then one at a time, and tells of each flood once', () => {
  const clock = new SimulatedClock();
  let floods = 0;
  const gate = new FloodGate(clock, { burst: 3, refillMs: 100 }, () => {
    floods += 1;
  });
  const passed = (count: number) => Array.from({ length: count }, () => gate.passes()).filter(Boolean).length;
  assert.deepEqual([passed(5), floods], [3, 1]);
  clock.increment(150);
  assert.deepEqual([passed(5), floods], [1, 1], 'it is the same flood');
  clock.increment(50);
  assert.equal(passed(5), 1, 'what was earned and not used counts');
  clock.increment(10_000);
  assert.deepEqual([passed(10), floods], [3, 2]);
});
