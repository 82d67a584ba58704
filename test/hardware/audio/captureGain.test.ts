import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { createCaptureGain } from '../../../hardware/audio/captureGain.js';
import { sine } from '../../fixtures/wavFiles.js';

const RATE_HZ = 16_000;
const CEILING = 10 ** (-1 / 20);
/** What a float32 of the ceiling may be above it. */
const ROUNDING = 1e-7;

const gains = fc.double({ min: -40, max: 60, noNaN: true });

suite('capture gain', () => {
  test('never lets a sample above -1 dBFS, whatever comes in', () => {
    const anySamples = fc.array(
      fc.oneof(fc.float({ min: -1, max: 1, noNaN: true }), fc.float(), fc.constantFrom(1, -1, Number.NaN)),
      { maxLength: 400 },
    );
    fc.assert(
      fc.property(gains, anySamples, (gainDb, values) => {
        const samples = Float32Array.from(values);
        createCaptureGain(gainDb, RATE_HZ)(samples);
        assert.ok(samples.every((x) => Math.abs(x) <= CEILING + ROUNDING));
      }),
    );
  });

  test('of 0 dB changes no bit of what stays below the ceiling', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: Math.fround(-0.89), max: Math.fround(0.89), noNaN: true })), (values) => {
        const samples = Float32Array.from(values);
        createCaptureGain(0, RATE_HZ)(samples);
        assert.deepEqual(samples, Float32Array.from(values));
      }),
    );
  });

  for (const gainDb of [-6, 6, 20]) {
    test(`of ${gainDb} dB is exactly that while nothing is too loud`, () => {
      const samples = sine(300, RATE_HZ, RATE_HZ).map((x) => x * 0.1);
      const expected = samples.map((x) => x * 10 ** (gainDb / 20));
      createCaptureGain(gainDb, RATE_HZ)(samples);
      assert.deepEqual(samples, expected);
    });
  }

  test('gives the same whatever the size of the blocks', () => {
    const loud = sine(150, RATE_HZ, 2_000);
    const whole = loud.slice();
    createCaptureGain(12, RATE_HZ)(whole);
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 12 }), (sizes) => {
        const samples = loud.slice();
        const amplify = createCaptureGain(12, RATE_HZ);
        let at = 0;
        for (const size of [...sizes, samples.length]) {
          amplify(samples.subarray(at, at + size));
          at += size;
        }
        assert.deepEqual(samples, whole);
      }),
      { numRuns: 30 },
    );
  });

  test('keeps the sign and never adds to the asked gain', () => {
    fc.assert(
      fc.property(gains, fc.array(fc.double({ min: -1, max: 1, noNaN: true })), (gainDb, values) => {
        const input = Float32Array.from(values);
        const samples = input.slice();
        createCaptureGain(gainDb, RATE_HZ)(samples);
        for (const [i, x] of samples.entries()) {
          const asked = Math.fround((input[i] ?? 0) * 10 ** (gainDb / 20));
          assert.ok(x * asked >= 0 && Math.abs(x) <= Math.abs(asked), `${x} of ${asked}`);
        }
      }),
    );
  });

  test('keeps the shape of a voice that is too loud: the gain stays within 1 dB through each period', () => {
    const input = sine(100, RATE_HZ, RATE_HZ);
    const samples = input.slice();
    createCaptureGain(20, RATE_HZ)(samples);
    const gainsDb = [...samples.entries()]
      .slice(RATE_HZ / 100)
      .filter(([i]) => Math.abs(input[i] ?? 0) > 0.01)
      .map(([i, x]) => 20 * Math.log10(x / (input[i] ?? 0)));
    assert.ok(Math.max(...gainsDb) - Math.min(...gainsDb) < 1, 'the gain follows the waveform');
    assert.ok(Math.max(...samples) > CEILING - 0.001, 'the peaks do not reach the ceiling');
  });

  test('comes back after a bang with a time constant of 100 ms', () => {
    const quiet = Math.fround(0.01);
    const samples = new Float32Array(RATE_HZ).fill(quiet);
    samples[0] = 1;
    createCaptureGain(20, RATE_HZ)(samples);
    const reductionAt = (ms: number) => (samples[(ms * RATE_HZ) / 1000] ?? 0) / (quiet * 10);
    assert.ok(Math.abs(reductionAt(100) - (CEILING / 10) * Math.E) < 0.001);
    assert.equal(samples[(250 * RATE_HZ) / 1000], Math.fround(quiet * 10), 'still turned down after 250 ms');
  });

  test('takes NaN and infinities as silence and forgets them at once', () => {
    const samples = Float32Array.of(Number.NaN, 0.1, Number.POSITIVE_INFINITY, 0.2, Number.NEGATIVE_INFINITY, 0.3);
    createCaptureGain(0, RATE_HZ)(samples);
    assert.deepEqual(samples, Float32Array.of(0, 0.1, 0, 0.2, 0, 0.3));
  });

  test('refuses a gain or a rate that means nothing', () => {
    for (const gainDb of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e6]) {
      assert.throws(() => createCaptureGain(gainDb, RATE_HZ), RangeError);
    }
    for (const rateHz of [0, -1, Number.NaN]) assert.throws(() => createCaptureGain(0, rateHz), RangeError);
  });
});
