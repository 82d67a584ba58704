import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { EARCON_MIN_RATE_HZ, type EarconKind, earcon } from '../../../hardware/audio/earcons.js';
import { durationMs, type PcmAudio } from '../../../hardware/audio/pcm.js';

const KINDS: readonly EarconKind[] = ['listening', 'thinking', 'done', 'error', 'muted', 'unmuted'];
const RATES_HZ = [8_000, 16_000, 22_050, 24_000, 44_100, 48_000];

suite('every earcon', () => {
  for (const kind of KINDS) {
    for (const rateHz of RATES_HZ) {
      const sound = earcon(kind, rateHz);
      test(`${kind} at ${rateHz} Hz is short, quiet and starts and ends in silence`, () => {
        const { samples } = sound;
        assert.equal(sound.sampleRateHz, rateHz);
        assert.ok(durationMs(sound) >= 60 && durationMs(sound) <= 350, `${durationMs(sound)} ms`);
        const peakDb = decibels(peakOf(samples));
        assert.ok(peakDb <= -14 && peakDb >= -26, `peaks at ${peakDb} dBFS`);
        assert.equal(samples[0], 0);
        assert.ok(Math.abs(samples.at(-1) ?? 1) < 1e-6);
        for (const edge of [slice(sound, 0, 1), slice(sound, durationMs(sound) - 1, durationMs(sound))]) {
          assert.ok(decibels(peakOf(edge)) < -50, `${decibels(peakOf(edge))} dBFS within a millisecond of the edge`);
        }
      });
    }

    test(`${kind} does not click`, () => {
      const sound = earcon(kind);
      const { samples, sampleRateHz } = sound;
      const level = peakOf(samples);
      for (const [i, x] of samples.entries()) {
        const step = Math.abs(x - (samples[i - 1] ?? 0));
        // What a sine of 2.7 kHz does, the highest partial of all, at the level of the whole sound.
        assert.ok(step <= (level * 2 * Math.PI * 2_700) / sampleRateHz, `a step of ${step} at sample ${i}`);
      }
      const loudest = Math.max(...toneLevels(sound, 0, durationMs(sound)).map(({ power }) => power));
      for (const hz of [4_500, 6_000, 8_000, 10_000]) {
        const aboveDb = 10 * Math.log10(tonePower(samples, sampleRateHz, hz) / loudest);
        assert.ok(aboveDb < -60, `${aboveDb.toFixed(0)} dB at ${hz} Hz`);
      }
    });
  }
});

suite('earcons can be told apart', () => {
  for (const [kind, startMs, endMs, hz] of [
    ['listening', 0, 70, 659],
    ['listening', 100, 180, 988],
    ['thinking', 0, 40, 1_319],
    ['thinking', 140, 180, 1_319],
    ['done', 0, 70, 784],
    ['done', 110, 220, 523],
    ['error', 0, 130, 262],
    ['error', 190, 340, 262],
    ['muted', 0, 40, 622],
    ['muted', 170, 220, 360],
    ['unmuted', 0, 40, 349],
    ['unmuted', 170, 220, 574],
  ] as const) {
    test(`${kind} is at ${hz} Hz from ${startMs} to ${endMs} ms`, () => {
      const heard = toneLevels(earcon(kind), startMs, endMs).reduce((a, b) => (b.power > a.power ? b : a)).hz;
      assert.ok(Math.abs(12 * Math.log2(heard / hz)) < 1.5, `the loudest is ${heard.toFixed(0)} Hz`);
    });
  }

  for (const [kind, startMs, endMs] of [
    ['thinking', 45, 135],
    ['error', 135, 185],
  ] as const) {
    test(`${kind} is silent between its two sounds`, () => {
      assert.ok(slice(earcon(kind), startMs, endMs).every((x) => x === 0));
    });
  }

  test('the ticks of thinking, heard again and again, are the quietest', () => {
    const levels = KINDS.map((kind) => peakOf(earcon(kind).samples));
    assert.equal(peakOf(earcon('thinking').samples), Math.min(...levels));
  });
});

test('an earcon is not made at a rate that cannot carry it', () => {
  for (const rateHz of [EARCON_MIN_RATE_HZ - 1, 0, Number.NaN]) {
    assert.throws(() => earcon('done', rateHz), RangeError);
  }
});

function slice({ samples, sampleRateHz }: PcmAudio, startMs: number, endMs: number): Float32Array {
  return samples.subarray(Math.ceil((startMs * sampleRateHz) / 1000), Math.ceil((endMs * sampleRateHz) / 1000));
}

function peakOf(samples: Float32Array): number {
  return samples.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0);
}

function decibels(amplitude: number): number {
  return 20 * Math.log10(amplitude);
}

/** Power of each semitone from 200 to 3,000 Hz within a part of a sound. */
function toneLevels(sound: PcmAudio, startMs: number, endMs: number): { hz: number; power: number }[] {
  const part = slice(sound, startMs, endMs);
  const semitones = Math.ceil(12 * Math.log2(3_000 / 200));
  return Array.from({ length: semitones }, (_, n) => {
    const hz = 200 * 2 ** (n / 12);
    return { hz, power: tonePower(part, sound.sampleRateHz, hz) };
  });
}

/** Power of one tone (Goertzel's algorithm) under a Hann window, which keeps strong tones out of far ones. */
function tonePower(samples: Float32Array, sampleRateHz: number, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRateHz);
  let [last, beforeLast] = [0, 0];
  for (const [i, x] of samples.entries()) {
    const windowed = x * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (samples.length - 1)));
    [last, beforeLast] = [windowed + coefficient * last - beforeLast, last];
  }
  return last ** 2 + beforeLast ** 2 - coefficient * last * beforeLast;
}
