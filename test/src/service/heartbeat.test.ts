import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { startHeartbeat } from '../../../src/service/heartbeat.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const PATIENCE_MS = 20_000;

function heart() {
  const clock = new SteppedClock();
  const beats: number[] = [];
  const changes: (string | undefined)[] = [];
  let why: string | undefined;
  const stop = startHeartbeat({
    patienceMs: PATIENCE_MS,
    clock,
    whyDead: () => why,
    beat: () => beats.push(clock.now()),
    onChange: (change) => changes.push(change),
  });
  /** One timer after the other, as in life. */
  const passes = (ms: number) => {
    for (const endMs = clock.now() + ms; clock.now() < endMs; ) {
      clock.advance(Math.min(clock.nextDueMs, endMs) - clock.now());
    }
  };
  const becomes = (reason: string | undefined) => {
    why = reason;
  };
  return { clock, beats, changes, stop, passes, becomes };
}

suite('the heartbeat', () => {
  test('comes at once and then at half the patience of the manager', () => {
    const { beats, passes } = heart();
    passes(30_000);
    assert.deepEqual(beats, [0, 10_000, 20_000, 30_000]);
  });

  test('stops when the audio is dead, and the reason is told once', () => {
    const { beats, changes, passes, becomes } = heart();
    passes(5_000);
    becomes('the microphone is silent');
    passes(60_000);
    assert.deepEqual(beats, [0]);
    assert.deepEqual(changes, ['the microphone is silent']);
  });

  test('comes back within a second of life, before the patience is over', () => {
    const { beats, changes, passes, becomes } = heart();
    becomes('the microphone is silent');
    passes(12_500);
    becomes(undefined);
    passes(1_000);
    assert.deepEqual(beats, [0, 13_000]);
    assert.deepEqual(changes, ['the microphone is silent', undefined]);
  });

  test('leaves no timer behind', () => {
    const { clock, stop } = heart();
    stop();
    assert.equal(clock.waiting, 0);
  });
});
