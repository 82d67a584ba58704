import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SampleClock } from '../../../../hardware/audio/host/sampleClock.js';

/** The times of blocks of 10 ms that arrived so much later than they were captured. */
function times(latenessMs: readonly number[]): number[] {
  const clock = new SampleClock(16_000);
  return latenessMs.map((lateMs, n) => clock.advance(160, 1_000 + n * 10 + lateMs));
}

describe('the times of captured samples', () => {
  it('do not follow blocks that arrive late by chance', () => {
    for (const [n, atMs] of times([0, 3, 27, 17, 7, 0, 12, 2]).entries()) {
      assert.ok(Math.abs(atMs - (1_000 + n * 10)) < 0.1, `${atMs} ms`);
    }
  });

  it('move back to those that arrive earlier, but always rise', () => {
    const found = times([12, 12, 0, 0, 0, 0]);
    assert.equal(found.at(-1), 1_050);
    for (const [n, atMs] of found.entries()) assert.ok(n === 0 || atMs > (found[n - 1] ?? 0));
  });

  it('follow a device whose clock is slow', () => {
    const lateness = Array.from({ length: 10_000 }, (_, n) => n * 0.001);
    const last = times(lateness).at(-1) ?? 0;
    assert.ok(Math.abs(last - (1_000 + 99_990 + 9.999)) < 0.1, `${last} ms`);
  });

  it('jump when sound was lost', () => {
    assert.deepEqual(times([0, 0, 400, 400]), [1_000, 1_010, 1_420, 1_430]);
  });
});
