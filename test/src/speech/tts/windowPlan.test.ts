import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { planWindows, type Window, type WindowTerms } from '../../../../src/speech/tts/windowPlan.js';

/** A voice of 22 050 Hz on a machine that makes sound ten times as fast as it is heard. */
const FAST: WindowTerms = { paddingFrames: 12, frameMs: 11.6, computeMsPerFrame: 1.16, leadingSilenceMs: 200 };

/** Evenly spread, unlike `fc.double`, which is mostly next to nothing. */
const hundredths = (min: number, max: number) => fc.integer({ min, max }).map((n) => n / 100);
const anyTerms = fc.record({
  paddingFrames: fc.integer({ min: 1, max: 20 }),
  frameMs: hundredths(400, 2000),
  computeMsPerFrame: hundredths(0, 2000),
  leadingSilenceMs: hundredths(0, 20_000),
});
const stretch = ({ from, to }: Window): Window => ({ from, to });
const anyFrames = fc.integer({ min: 0, max: 3000 });

describe('the windows of a clause', () => {
  it('cover every frame exactly once, in order', () => {
    fc.assert(
      fc.property(anyFrames, anyTerms, (frames, terms) => {
        let covered = 0;
        for (const { from, to } of planWindows(frames, terms)) {
          assert.equal(from, covered);
          assert.ok(to > from && Number.isInteger(to));
          covered = to;
        }
        assert.equal(covered, frames);
      }),
    );
  });

  it('are each made before the one before has been heard, the assumed silence left out, even at two thirds of the pace', () => {
    fc.assert(
      fc.property(anyFrames, anyTerms, (frames, terms) => {
        const { paddingFrames, frameMs, computeMsPerFrame, leadingSilenceMs } = terms;
        const windows = planWindows(frames, terms);
        for (const [index, { from, to, madeInMs }] of windows.entries()) {
          const before = windows[index - 1];
          if (!before) continue;
          const heardMs = (before.to - before.from) * frameMs - (index === 1 ? leadingSilenceMs : 0);
          const computed = Math.min(frames, to + paddingFrames) - Math.max(0, from - paddingFrames);
          assert.ok(madeInMs <= heardMs + 1e-6, `window ${index} comes too late`);
          assert.ok(Math.abs(computed * computeMsPerFrame * 1.5 - madeInMs) < 1e-6);
        }
      }),
    );
  });

  it('begin with a small one and grow, up to a second and a half', () => {
    const lengths = planWindows(1000, FAST).map(({ from, to }) => to - from);
    const [first = 0, second = 0, third = 0] = lengths;
    assert.equal(first, 25);
    assert.ok(second >= first && third > second);
    assert.equal(Math.max(...lengths.slice(0, -1)), 128);
  });

  it('begin with the shorter one the less silence is assumed', () => {
    const first = (leadingSilenceMs: number) => planWindows(1000, { ...FAST, leadingSilenceMs })[0]?.to ?? 0;
    assert.deepEqual([first(200), first(120), first(58), first(0)], [25, 18, 12, 7]);
  });

  it('leave time before the second for more silence than is assumed, on a fast machine', () => {
    const [first, second] = planWindows(1000, { ...FAST, leadingSilenceMs: 60, computeMsPerFrame: 0.6 });
    assert.ok(first && second);
    assert.ok(second.to - second.from > first.to);
    assert.ok(second.madeInMs <= (first.to * FAST.frameMs - 60) / 2);
  });

  it('begin with one that is audible for 80 ms after the assumed silence', () => {
    fc.assert(
      fc.property(anyFrames, anyTerms, (frames, terms) => {
        const windows = planWindows(frames, terms);
        const [first] = windows;
        if (!first || windows.length === 1) return;
        assert.ok(first.to * terms.frameMs - terms.leadingSilenceMs >= 80 - 1e-6);
      }),
    );
  });

  it('are one for a clause that is hardly longer than the first', () => {
    assert.deepEqual(planWindows(37, FAST).map(stretch), [{ from: 0, to: 37 }]);
    assert.equal(planWindows(38, FAST).length, 2);
  });

  it('begin with a longer one on a slower machine', () => {
    const first = (computeMsPerFrame: number) => planWindows(1000, { ...FAST, computeMsPerFrame })[0]?.to ?? 0;
    assert.ok(first(5) > first(3) && first(3) > first(1));
  });

  it('are one where the machine hardly keeps up, and while nobody knows whether it does', () => {
    for (const computeMsPerFrame of [8, 20, Number.POSITIVE_INFINITY]) {
      assert.deepEqual(planWindows(500, { ...FAST, computeMsPerFrame }).map(stretch), [{ from: 0, to: 500 }]);
    }
  });

  it('are none for no frames', () => {
    assert.deepEqual(planWindows(0, FAST), []);
  });
});
