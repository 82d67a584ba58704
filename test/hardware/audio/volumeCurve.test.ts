import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { volumeGain, volumePercent } from '../../../hardware/audio/volumeCurve.js';

const volumes = fc.double({ min: 0, max: 100, noNaN: true });

suite('the volume curve', () => {
  for (const [percent, gain] of [
    [0, 0],
    [100, 1],
    [80, 10 ** (-10 / 20)],
    [50, 10 ** (-25 / 20)],
    [10, 10 ** (-45 / 20)],
    [5, 10 ** (-45 / 20) / 2],
    [-1, 0],
    [101, 1],
    [Number.NaN, 0],
  ] as const) {
    test(`turns ${percent} % into a gain of ${gain.toFixed(4)}`, () => {
      assert.ok(Math.abs(volumeGain(percent) - gain) < 1e-12);
    });
  }

  test('is silent at 0 and leaves the samples alone at 100, exactly', () => {
    assert.equal(volumeGain(0), 0);
    assert.equal(volumeGain(100), 1);
  });

  test('gets louder with every step', () => {
    fc.assert(fc.property(volumes, volumes, (a, b) => a >= b || volumeGain(a) <= volumeGain(b)));
    for (let percent = 1; percent <= 100; percent++) assert.ok(volumeGain(percent) > volumeGain(percent - 1));
  });

  test('has no jump where the roll-off begins', () => {
    assert.ok(Math.abs(volumeGain(10) - volumeGain(10 - 1e-9)) < 1e-9);
  });

  test('can be read backwards', () => {
    fc.assert(
      fc.property(volumes, (percent) => {
        assert.ok(Math.abs(volumePercent(volumeGain(percent)) - percent) < 1e-6);
      }),
    );
    assert.deepEqual([-1, 0, 1, 2, Number.NaN].map(volumePercent), [0, 0, 100, 100, 0]);
  });
});
