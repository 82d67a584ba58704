import { CAPTURE_RATE_HZ } from '../../hardware/audio/pcm.js';
import { createResampler } from '../../hardware/audio/resampler.js';
import type { Voice } from '../speech/tts/voice.js';

/** A text as a microphone would hear the voice say it: 16 kHz mono. @throws {VoiceError}; the signal's reason */
export async function synthesised(voice: Voice, text: string, signal: AbortSignal): Promise<Float32Array> {
  const resampler = await createResampler(voice.sampleRateHz, CAPTURE_RATE_HZ);
  try {
    const pieces: number[] = [];
    for await (const { samples } of voice.synthesize(text, signal)) {
      for (let at = 0; at < samples.length; at += resampler.maxBlockSamples) {
        pieces.push(...resampler.process(samples.subarray(at, at + resampler.maxBlockSamples)));
      }
    }
    pieces.push(...resampler.flush());
    return Float32Array.from(pieces);
  } finally {
    resampler.close();
  }
}
