import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Watchdog } from '../../../src/llm/watchdog.js';
import { WatchedClock } from '../../fixtures/watchedClock.js';

function watchdog() {
  const clock = new WatchedClock();
  const timeouts: [string, number][] = [];
  const dog = new Watchdog(clock, (timeout, limitMs) => timeouts.push([timeout, limitMs]));
  return { clock, dog, timeouts };
}

describe('the watchdog', () => {
  it('says what did not come in time, once', () => {
    const { clock, dog, timeouts } = watchdog();
    dog.watch('stalled', 100);
    clock.increment(99);
    assert.deepEqual(timeouts, []);
    clock.increment(1);
    clock.increment(1000);
    assert.deepEqual(timeouts, [['stalled', 100]]);
    assert.equal(dog.watching, undefined);
  });

  it('waits for one thing at a time', () => {
    const { clock, dog, timeouts } = watchdog();
    dog.watch('connectTimeout', 100);
    clock.increment(60);
    dog.watch('firstTokenTimeout', 100);
    assert.equal(dog.watching, 'firstTokenTimeout');
    assert.deepEqual(clock.pendingMs, [100]);
    clock.increment(60);
    assert.deepEqual(timeouts, []);
    clock.increment(40);
    assert.deepEqual(timeouts, [['firstTokenTimeout', 100]]);
  });

  it('leaves no timer when it is calm', () => {
    const { clock, dog, timeouts } = watchdog();
    dog.watch('stalled', 100);
    dog.calm();
    dog.calm();
    assert.deepEqual(clock.pendingMs, []);
    clock.increment(1000);
    assert.deepEqual(timeouts, []);
  });
});
