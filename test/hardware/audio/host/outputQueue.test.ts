import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OutputQueue } from '../../../../hardware/audio/host/outputQueue.js';

const RATE_HZ = 48_000;
const LOUD = 10_000;

/** A fade of 4 ms: as steep as a sample may change without a click. */
const MAX_STEP = (LOUD / (RATE_HZ * 0.004)) * 2;

function loud(samples: number): Int16Array {
  return new Int16Array(samples).fill(LOUD);
}

function largestStep(samples: readonly number[]): number {
  return Math.max(...samples.map((x, i) => Math.abs(x - (samples[i - 1] ?? 0))));
}

function take(queue: OutputQueue, blocks: number): number[] {
  return Array.from({ length: blocks }, () => [...queue.next(128).samples]).flat();
}

describe('the queue of a speaker', () => {
  it('is silent for ever when there is nothing', () => {
    const queue = new OutputQueue(RATE_HZ);
    assert.deepEqual(new Set(take(queue, 10)), new Set([0]));
    assert.equal(queue.next(128).soundSamples, 0);
    assert.equal(queue.taken, 0);
  });

  it('gives sound without a gap between its pieces, and says where it ends', () => {
    const queue = new OutputQueue(RATE_HZ);
    queue.push(loud(300));
    queue.push(loud(300));
    const sounds = Array.from({ length: 6 }, () => queue.next(128));
    assert.deepEqual(
      sounds.map(({ soundSamples }) => soundSamples),
      [128, 128, 128, 128, 88, 0],
    );
    assert.equal(queue.taken, 600);
    const samples = sounds.flatMap((block) => [...block.samples]);
    assert.ok(samples.slice(192, 600).every((x) => x === LOUD));
  });

  it('fades in after silence and decays where the sound stops on a loud sample', () => {
    const queue = new OutputQueue(RATE_HZ);
    queue.push(loud(600));
    const samples = [...take(queue, 10)];
    assert.ok(largestStep(samples) <= MAX_STEP, `${largestStep(samples)}`);
    assert.equal(samples.at(-1), 0);
  });

  it('decays at a flush, and is silent 4 ms later', () => {
    const queue = new OutputQueue(RATE_HZ);
    queue.push(loud(48_000));
    const before = take(queue, 8);
    queue.flush();
    assert.equal(queue.taken, 0);
    const after = take(queue, 2);
    assert.ok(largestStep([...before, ...after]) <= MAX_STEP);
    assert.ok(after.slice(192).every((x) => x === 0));
  });

  it('is silent at once after a flush when the device has dropped the sound before it', () => {
    const queue = new OutputQueue(RATE_HZ);
    queue.push(loud(48_000));
    take(queue, 8);
    queue.flush();
    queue.forgetLast();
    assert.deepEqual(new Set(take(queue, 2)), new Set([0]));
  });

  it('begins what comes after a flush without a step, while the old sound still decays', () => {
    const queue = new OutputQueue(RATE_HZ);
    queue.push(loud(48_000));
    const before = take(queue, 8);
    queue.flush();
    queue.push(loud(1_000));
    const after = take(queue, 4);
    assert.ok(largestStep([...before, ...after]) <= MAX_STEP);
    assert.equal(after.at(-1), LOUD);
    assert.equal(queue.taken, 512);
  });

  it('changes its loudness on a ramp, within 10 ms', () => {
    const queue = new OutputQueue(RATE_HZ);
    queue.push(loud(48_000));
    take(queue, 8);
    queue.setGain(0.25);
    const samples = take(queue, 4);
    assert.ok(largestStep([LOUD, ...samples].slice(1).map((x) => x - LOUD)) <= MAX_STEP);
    assert.ok(samples.slice(480).every((x) => x === LOUD / 4));
  });
});
