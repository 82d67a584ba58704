import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ComputeJob, jobOf, PiBoard } from '../../../../src/bench/sim/piBoard.js';
import { VirtualClock } from '../../../../src/bench/sim/virtualClock.js';

/** Runs jobs, each begun at its time; tells when each was done. */
function doneAtMs(jobs: readonly { readonly atMs: number; readonly job: ComputeJob }[]): Promise<number[]> {
  const clock = new VirtualClock();
  const board = new PiBoard(clock);
  const all = jobs.map(
    ({ atMs, job }) =>
      new Promise<number>((resolve, reject) => {
        clock.setTimeout(() => {
          board.run(job).then(() => resolve(Math.round(clock.now() * 1000) / 1000), reject);
        }, atMs);
      }),
  );
  return clock.run(Promise.all(all));
}

describe('the simulated board', () => {
  it('computes what fits on four cores side by side at full speed', async () => {
    assert.deepEqual(
      await doneAtMs([
        { atMs: 0, job: jobOf(100, 3) },
        { atMs: 0, job: jobOf(50, 1) },
      ]),
      [100, 50],
    );
  });

  it('slows all jobs down alike when more threads want to run than there are cores', async () => {
    const jobs = [
      { atMs: 0, job: jobOf(100, 4) },
      { atMs: 0, job: jobOf(100, 4) },
    ];
    assert.deepEqual(await doneAtMs(jobs), [200, 200]);
  });

  it('shares the cores anew whenever a job begins or ends', async () => {
    // Alone for 50 ms, at half speed while the other runs (50 ms of it take 100), then alone again.
    const jobs = [
      { atMs: 0, job: jobOf(200, 4) },
      { atMs: 50, job: jobOf(50, 4) },
    ];
    assert.deepEqual(await doneAtMs(jobs), [250, 150]);
  });

  it('gives the cores of an aborted job to the others at once', async () => {
    const clock = new VirtualClock();
    const board = new PiBoard(clock);
    const abandon = new AbortController();
    clock.setTimeout(() => abandon.abort(new Error('not wanted')), 100);
    const abandoned = assert.rejects(board.run(jobOf(1_000, 4), abandon.signal), /not wanted/);
    await clock.run(Promise.all([abandoned, board.run(jobOf(100, 4))]));
    assert.equal(clock.now(), 150);
  });

  it('begins nothing for a signal that is aborted already', async () => {
    const board = new PiBoard(new VirtualClock());
    await assert.rejects(board.run(jobOf(1, 1), AbortSignal.abort(new Error('too late'))), /too late/);
  });
});
