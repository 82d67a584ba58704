import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FourierTransform } from '../../../../src/speech/endpointing/fourierTransform.js';
import { FRAME_COUNT, LogMel, MEL_BANDS, WINDOW_SAMPLES } from '../../../../src/speech/endpointing/logMel.js';
import { melFilters } from '../../../../src/speech/endpointing/melFilters.js';

suite('the Fourier transform', () => {
  for (const radices of [[2], [3, 5], [2, 2, 3], [4, 4, 5, 5], [5, 4, 5, 4], [7]]) {
    test(`of ${radices.join(' x ')} is what its definition says`, () => {
      const fourier = new FourierTransform(radices);
      const re = Float64Array.from({ length: fourier.length }, (_, i) => ((i * 37) % 101) / 50 - 1);
      const im = Float64Array.from({ length: fourier.length }, (_, i) => ((i * 53) % 97) / 50 - 1);
      const expected = transformed(re, im);
      fourier.forward(re, im);
      for (const [k, [expectedRe, expectedIm]] of expected.entries()) {
        assert.ok(Math.abs((re[k] ?? 0) - expectedRe) < 1e-9, `bin ${k}`);
        assert.ok(Math.abs((im[k] ?? 0) - expectedIm) < 1e-9, `bin ${k}`);
      }
    });
  }
});

suite('the mel filters', () => {
  const filters = melFilters(80, 201, 16_000);

  test('are triangles that follow one another up to half the sampling rate', () => {
    assert.equal(filters.length, 80);
    assert.equal(filters[0]?.firstBin, 0);
    const { firstBin, weights } = filters[79] ?? { firstBin: 0, weights: [] };
    assert.ok(Math.abs(firstBin + weights.length - 201) <= 1, 'the filter is zero at its edge');
    for (const { weights } of filters) assert.ok(weights.every((weight) => weight >= 0) && Math.max(...weights) > 0);
  });

  test('are as wide on one side as on the other below 1 kHz, and as large everywhere', () => {
    // Slaney: 66.7 Hz per mel, so 80 filters to 8 kHz (45.2 mel) are 37.2 Hz apart; height 2 / width.
    assert.ok(Math.abs((filters[0]?.weights[1] ?? 0) - 0.024862) < 1e-6, `${filters[0]?.weights}`);
    const areas = filters.slice(60).map(({ weights }) => 40 * weights.reduce((sum, weight) => sum + weight, 0));
    for (const area of areas) assert.ok(Math.abs(area - 1) < 0.05, `${area}`);
  });
});

suite('the log-mel spectrogram', () => {
  // [band, frame, value], computed in numpy in double precision from Whisper's definition (np.fft.rfft, np.hanning,
  // reflected edges) for the sound below, left-padded to 8 s and brought to zero mean and unit variance.
  for (const [samples, values] of [
    [
      48_000,
      [
        [0, 0, 0.97469],
        [0, 799, 1.07952],
        [10, 600, 0.49545],
        [20, 520, 0.29435],
        [40, 400, -0.22395],
        [60, 650, 0.65926],
        [79, 700, 0.28385],
        [33, 799, 0.05307],
        [5, 499, 0.59611],
        [79, 550, 0.40962],
      ],
    ],
    [
      200_000,
      [
        [0, 0, 0.51193],
        [0, 799, 0.36917],
        [10, 600, 0.40371],
        [20, 520, -0.13013],
        [40, 400, 0.47984],
        [60, 650, 0.55031],
        [79, 700, 0.27819],
        [33, 799, 0.04025],
        [5, 499, -0.00554],
        [79, 550, 0.26254],
      ],
    ],
  ] as const) {
    test(`of ${samples / 16_000} s is that of the reference`, () => {
      const features = new LogMel().of(sound(samples));
      assert.equal(features.length, MEL_BANDS * FRAME_COUNT);
      for (const [band, frame, expected] of values) {
        const value = features[band * FRAME_COUNT + frame] ?? Number.NaN;
        assert.ok(Math.abs(value - expected) < 2e-5, `band ${band}, frame ${frame}: ${value}, not ${expected}`);
      }
    });
  }

  test('hears only the last 8 s', () => {
    const long = sound(200_000);
    assert.deepEqual(new LogMel().of(long), new LogMel().of(long.slice(-WINDOW_SAMPLES)));
  });

  test('of short speech is that of the same speech after silence', () => {
    const short = sound(20_001);
    const padded = new Float32Array(WINDOW_SAMPLES);
    padded.set(short, WINDOW_SAMPLES - short.length);
    const [features, expected] = [new LogMel().of(short), new LogMel().of(padded)];
    for (let i = 0; i < expected.length; i++)
      assert.ok(Math.abs((features[i] ?? Number.NaN) - (expected[i] ?? 0)) < 1e-5, `${i}`);
  });

  test('does not depend on how loud it is', () => {
    const quiet = sound(WINDOW_SAMPLES).map((sample) => sample * 0.125);
    const [features, expected] = [new LogMel().of(quiet), new LogMel().of(sound(WINDOW_SAMPLES))];
    for (let i = 0; i < expected.length; i++)
      assert.ok(Math.abs((features[i] ?? Number.NaN) - (expected[i] ?? 0)) < 1e-3, `${i}`);
  });

  test('of silence, or of nothing, is flat', () => {
    for (const samples of [new Float32Array(16_000), new Float32Array(0)]) {
      const features = new LogMel().of(samples);
      assert.ok(
        features.every((value) => value === -1.5),
        `${features[0]}`,
      );
    }
  });

  test('is the same again', () => {
    const logMel = new LogMel();
    const first = logMel.of(sound(48_000));
    logMel.of(new Float32Array(300));
    assert.deepEqual(logMel.of(sound(48_000)), first);
  });
});

/** A rising tone, beeps, noise and an offset. */
function sound(length: number): Float32Array {
  return Float32Array.from({ length }, (_, t) => {
    const rising = 0.3 * Math.sin((2 * Math.PI * (100 + t / 16) * t) / 16_000);
    const beep = t % 4000 < 2000 ? 0.1 * Math.sin((2 * Math.PI * 3000 * t) / 16_000) : 0;
    return rising + beep + 0.01 * (((t * 7919) % 1009) / 504.5 - 1) + 0.02;
  });
}

function transformed(re: Float64Array, im: Float64Array): (readonly [number, number])[] {
  return Array.from(re, (_, k) => {
    let sumRe = 0;
    let sumIm = 0;
    for (const [i, x] of re.entries()) {
      const angle = (-2 * Math.PI * i * k) / re.length;
      sumRe += x * Math.cos(angle) - (im[i] ?? 0) * Math.sin(angle);
      sumIm += x * Math.sin(angle) + (im[i] ?? 0) * Math.cos(angle);
    }
    return [sumRe, sumIm];
  });
}
