import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FRAME_MS, FRAME_SAMPLES, type PcmFrame, toInt16 } from '../../../hardware/audio/pcm.js';
import { concatenate, speechEndAtMs } from '../../../src/speech/utterance.js';
import { sine } from '../../fixtures/wavFiles.js';

const FRAMES = 30;
const CAPTURED_FROM_MS = 5000;

/** A burst of voice between two moments, over steady noise. */
function frames(voiceFromMs: number, voiceToMs: number, noise: Float32Array): PcmFrame[] {
  const samples = noise.slice();
  const voice = sine(180, 16_000, samples.length);
  for (let i = voiceFromMs * 16; i < voiceToMs * 16; i++) samples[i] = (samples[i] ?? 0) + (voice[i] ?? 0);
  const pcm = toInt16(samples);
  return Array.from({ length: FRAMES }, (_, n) => ({
    samples: pcm.slice(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES),
    capturedAtMs: CAPTURED_FROM_MS + (n + 1) * FRAME_MS,
  }));
}

/** Noise that is the same in each run, `db` below a full-scale sine. */
function noise(db: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: FRAMES * FRAME_SAMPLES }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state / 2_147_483_647 - 0.5) * Math.sqrt(6) * 10 ** (db / 20);
  });
}

describe("the end of the user's voice", () => {
  const silence = new Float32Array(FRAMES * FRAME_SAMPLES);

  for (const endMs of [203, 400, 511, 512, 777, 960]) {
    it(`is found within 10 ms when the voice ends at ${endMs} ms`, () => {
      for (const background of [silence, noise(-46)]) {
        const found = speechEndAtMs(frames(100, endMs, background)) - CAPTURED_FROM_MS;
        assert.ok(Math.abs(found - endMs) <= 10, `found ${found} ms`);
      }
    });
  }

  it('is found when the voice dies away, once 30 dB under its loudest', () => {
    const fading = sine(180, 16_000, FRAMES * FRAME_SAMPLES).map((x, i) => x * 10 ** (-i / 16_000 / 0.5));
    // 20 dB in 0.5 s: 30 dB after 0.75 s.
    const found = speechEndAtMs(frames(0, 0, fading)) - CAPTURED_FROM_MS;
    assert.ok(Math.abs(found - 750) <= 20, `found ${found} ms`);
  });

  it('is the end of the last frame when nothing was heard at all', () => {
    assert.equal(speechEndAtMs(frames(0, 0, silence)), CAPTURED_FROM_MS + FRAMES * FRAME_MS);
  });

  it('does not exist without frames', () => {
    assert.throws(() => speechEndAtMs([]), RangeError);
  });

  it('is looked for in all samples in their order', () => {
    const [first, second] = frames(0, 64, silence);
    assert.ok(first && second);
    const joined = concatenate([first, second]);
    assert.equal(joined.length, 2 * FRAME_SAMPLES);
    assert.equal(joined[FRAME_SAMPLES], (second.samples[0] ?? 0) / 32_768);
  });
});
