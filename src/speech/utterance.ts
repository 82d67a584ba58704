import { CAPTURE_RATE_HZ, FRAME_SAMPLES, type PcmFrame, toFloat32 } from '../../hardware/audio/pcm.js';
import { GrowingSound } from './growingSound.js';

/** What the user said in one turn. */
export interface Utterance {
  /** 16 kHz mono in [-1, 1], from the pre-roll to a little after the last voiced frame. */
  readonly samples: Float32Array;
  /** When the last voiced sample was captured, on the capture's clock (ms). Time to first audio starts here. */
  readonly speechEndAtMs: number;
  /** From the first of `samples` to the last voiced one, in sound (ms): right at any pace of the capture's clock. */
  readonly voicedMs: number;
}

/**
 * When the user's voice really ended. The VAD is too generous to be the start of an honest measurement: it stays high
 * for up to 290 ms after the last sound. So: the end of the last stretch of 10 ms, within what the VAD took for speech,
 * whose RMS is within 30 dB of the loudest.
 */
export function speechEndAtMs(frames: readonly PcmFrame[]): number {
  const last = frames.at(-1);
  if (!last) throw new RangeError('an utterance has at least one frame');
  const sound = new GrowingSound();
  for (const { samples } of frames) sound.push(samples);
  const count = frames.length * FRAME_SAMPLES;
  return last.capturedAtMs - ((count - sound.voiced(count)) / CAPTURE_RATE_HZ) * 1000;
}

/** All samples of `frames`, in [-1, 1]. */
export function concatenate(frames: readonly PcmFrame[]): Float32Array {
  const out = new Float32Array(frames.length * FRAME_SAMPLES);
  frames.forEach((frame, index) => {
    out.set(toFloat32(frame.samples), index * FRAME_SAMPLES);
  });
  return out;
}
