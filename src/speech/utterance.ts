import { CAPTURE_RATE_HZ, FRAME_SAMPLES, type PcmFrame, toFloat32 } from '../../hardware/audio/pcm.js';

/** What the user said in one turn. */
export interface Utterance {
  /** 16 kHz mono in [-1, 1], from the pre-roll to a little after the last voiced frame. */
  readonly samples: Float32Array;
  /** When the last voiced sample was captured, on the capture's clock (ms). Time to first audio starts here. */
  readonly speechEndAtMs: number;
  /** From the first of `samples` to the last voiced one, in sound (ms): right at any pace of the capture's clock. */
  readonly voicedMs: number;
}

/** Loudness, relative to the loudest stretch of the utterance, below which a stretch is no longer voice (dB). */
const VOICE_FLOOR_DB = -30;
/** Stretches of 10 ms: shorter than a voiced sound, longer than a pitch period. */
const STRETCH_SAMPLES = CAPTURE_RATE_HZ / 100;

/**
 * When the user's voice really ended. The VAD is too generous to be the start of an honest measurement: it stays high
 * for up to 290 ms after the last sound. So: the end of the last stretch of 10 ms, within what the VAD took for speech,
 * whose RMS is within 30 dB of the loudest.
 */
export function speechEndAtMs(frames: readonly PcmFrame[]): number {
  const last = frames.at(-1);
  if (!last) throw new RangeError('an utterance has at least one frame');
  const samples = concatenate(frames);
  const energies: number[] = [];
  for (let from = 0; from + STRETCH_SAMPLES <= samples.length; from += STRETCH_SAMPLES) {
    energies.push(energy(samples.subarray(from, from + STRETCH_SAMPLES)));
  }
  const floor = Math.max(...energies) * 10 ** (VOICE_FLOOR_DB / 10);
  const lastVoiced = energies.findLastIndex((value) => value > 0 && value >= floor);
  const endSample = lastVoiced < 0 ? samples.length : (lastVoiced + 1) * STRETCH_SAMPLES;
  return last.capturedAtMs - ((samples.length - endSample) / CAPTURE_RATE_HZ) * 1000;
}

/** All samples of `frames`, in [-1, 1]. */
export function concatenate(frames: readonly PcmFrame[]): Float32Array {
  const out = new Float32Array(frames.length * FRAME_SAMPLES);
  frames.forEach((frame, index) => {
    out.set(toFloat32(frame.samples), index * FRAME_SAMPLES);
  });
  return out;
}

function energy(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}
