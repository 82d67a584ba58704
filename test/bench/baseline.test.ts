import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { worsened } from './baseline.js';

const baseline = { runs: {}, figures: { 'hands-free': { p50: 1_000, p95: 2_000, falseCutoffRate: 0.1 } } };
const given = (change: object) =>
  worsened(baseline, { 'hands-free': { p50: 1_000, p95: 2_000, falseCutoffRate: 0.1, ...change } });

suite('the gate of the benchmark', () => {
  test('lets through what is as good, better, or hardly slower', () => {
    for (const change of [{}, { p50: 900 }, { p50: 1_050, p95: 2_100 }, { falseCutoffRate: 0 }]) {
      assert.deepEqual(given(change), []);
    }
  });

  test('complains of each figure that is worse', () => {
    assert.match(given({ p50: 1_051 })[0] ?? '', /hands-free: p50 was 1000 ms and is 1051 ms now/);
    assert.match(given({ p95: 2_101 })[0] ?? '', /p95/);
    assert.match(given({ falseCutoffRate: 0.105 })[0] ?? '', /cut off/);
    assert.equal(given({ p50: 2_000, p95: 9_000, falseCutoffRate: 1 }).length, 3);
    assert.equal(given({ p50: Number.NaN }).length, 1, 'no figure is no good figure');
  });

  test('demands a baseline', () => {
    assert.match(worsened({ runs: {}, figures: {} }, baseline.figures)[0] ?? '', /there is no baseline/);
  });
});
