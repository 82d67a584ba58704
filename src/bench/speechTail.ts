import { CAPTURE_RATE_HZ, FRAME_SAMPLES, toInt16 } from '../../hardware/audio/pcm.js';
import type { VoiceActivityDetector } from '../speech/vad/sileroVad.js';
import type { SpeechRecording } from './recordedUtterance.js';

/** Low: whatever may be speech. */
const MAY_BE_SPEECH = 0.35;
/** Kept after that (ms): final consonants are soft. */
const KEPT_MS = 192;

/**
 * A recording without what follows the speech: a breath or a click there would be taken for its last voiced sample, and
 * every policy for one that cuts people off.
 */
export async function withoutTail(
  recording: SpeechRecording,
  vad: VoiceActivityDetector,
  signal: AbortSignal,
): Promise<SpeechRecording> {
  const { samples } = recording;
  let end = 0;
  await vad.reset(signal);
  for (let from = 0; from < samples.length; from += FRAME_SAMPLES) {
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(toInt16(samples.subarray(from, from + FRAME_SAMPLES)));
    if ((await vad.probability({ samples: frame, capturedAtMs: 0 }, signal)) >= MAY_BE_SPEECH)
      end = from + FRAME_SAMPLES;
  }
  if (end === 0) return recording;
  return { ...recording, samples: samples.subarray(0, end + (KEPT_MS * CAPTURE_RATE_HZ) / 1000) };
}
