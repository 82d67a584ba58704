import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LatencyLadder } from '../../../../hardware/audio/host/latencyLadder.js';

describe('how much sound a speaker holds', () => {
  it('does not grow for one underrun now and then', () => {
    const ladder = new LatencyLadder(20);
    for (let n = 0; n < 10; n++) assert.equal(ladder.underrun(n * 10_000), false);
    assert.equal(ladder.latencyMs, 20);
  });

  it('doubles when it runs dry again soon, up to 40 ms', () => {
    const ladder = new LatencyLadder(10);
    const changes = Array.from({ length: 8 }, (_, n) => ladder.underrun(n * 1_000));
    assert.deepEqual(changes, [false, true, false, true, false, false, false, false]);
    assert.equal(ladder.latencyMs, 40);
  });

  it('stays where it was told to begin, when that is deeper', () => {
    const ladder = new LatencyLadder(80);
    for (let n = 0; n < 4; n++) assert.equal(ladder.underrun(n), false);
    assert.equal(ladder.latencyMs, 80);
  });

  it('halves after a minute without an underrun, and never falls below where it began', () => {
    const ladder = new LatencyLadder(15);
    for (const atMs of [0, 1, 2, 3]) ladder.underrun(atMs);
    assert.equal(ladder.latencyMs, 40);
    assert.equal(ladder.silent(60_000), false);
    assert.equal(ladder.silent(60_003), true);
    assert.equal(ladder.silent(60_004), false);
    assert.equal(ladder.latencyMs, 20);
    assert.equal(ladder.silent(120_003), true);
    assert.equal(ladder.latencyMs, 15);
    assert.equal(ladder.silent(999_999), false);
  });
});
