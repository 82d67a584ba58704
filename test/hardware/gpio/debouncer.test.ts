import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Debouncer } from '../../../hardware/gpio/debouncer.js';

describe('debouncing', () => {
  it('tells a change when it has lasted the debounce time, and once', () => {
    const debouncer = new Debouncer(15, false);
    const told = [0, 10, 20, 30].map((atMs) => debouncer.sample(true, atMs));
    assert.deepEqual(told, [undefined, undefined, true, undefined]);
  });

  it('starts anew when the contact falls back', () => {
    const debouncer = new Debouncer(15, true);
    assert.equal(debouncer.sample(false, 0), undefined);
    assert.equal(debouncer.sample(true, 10), undefined);
    assert.equal(debouncer.sample(false, 20), undefined);
    assert.equal(debouncer.sample(false, 30), undefined);
    assert.equal(debouncer.sample(false, 35), false);
  });

  it('believes at once with no debounce time', () => {
    assert.equal(new Debouncer(0, false).sample(true, 5), true);
  });

  it('alternates, and only ever tells a state that all samples of the debounce time had', () => {
    const samples = fc.array(fc.record({ pressed: fc.boolean(), afterMs: fc.integer({ min: 1, max: 12 }) }));
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 40 }), fc.boolean(), (steps, debounceMs, initial) => {
        const debouncer = new Debouncer(debounceMs, initial);
        const seen: { pressed: boolean; atMs: number }[] = [];
        let nowMs = 0;
        let told = initial;
        for (const { pressed, afterMs } of steps) {
          nowMs += afterMs;
          seen.push({ pressed, atMs: nowMs });
          const state = debouncer.sample(pressed, nowMs);
          if (state === undefined) continue;
          assert.notEqual(state, told);
          told = state;
          const other = seen.findLast((sample) => sample.pressed !== state);
          const first = seen.find((sample) => sample.atMs > (other?.atMs ?? -1));
          assert.ok(first !== undefined && nowMs - first.atMs >= debounceMs);
        }
      }),
    );
  });
});
