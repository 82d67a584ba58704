import { CAPTURE_RATE_HZ, FRAME_SAMPLES, toInt16 } from '../pcm.js';
import { createResampler } from '../resampler.js';
import type { FromHost } from './hostProtocol.js';
import { SampleClock } from './sampleClock.js';
import type { InputDevice } from './soundLibrary.js';

export interface CaptureHostOptions {
  /** Which channel is heard, from 1; the last one where the device has fewer. */
  readonly channel: number;
  /** Makes the sound louder, in place. */
  readonly gain: (samples: Float32Array) => void;
  readonly send: (message: FromHost) => void;
}

/**
 * Reads a microphone until it fails, and sends what it gives as frames of 512 samples at 16 kHz.
 * @throws what the device throws
 */
export async function runCapture(device: InputDevice, options: CaptureHostOptions): Promise<never> {
  const { gain, send } = options;
  const channel = Math.min(options.channel, device.channels) - 1;
  const resampler = await createResampler(device.sampleRateHz, CAPTURE_RATE_HZ);
  const times = new SampleClock(CAPTURE_RATE_HZ);
  const frame = new Int16Array(FRAME_SAMPLES);
  let filled = 0;
  let xruns = 0;
  for (;;) {
    const block = await device.read();
    if (block.overflowed) xruns++;
    const sound = resampler.process(oneChannel(block.samples, device.channels, channel));
    gain(sound);
    const samples = toInt16(sound);
    const blockEndMs = times.advance(samples.length, block.capturedAtMs);
    for (let at = 0; at < samples.length; ) {
      const part = samples.subarray(at, at + FRAME_SAMPLES - filled);
      frame.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < FRAME_SAMPLES) continue;
      const laterMs = ((samples.length - at) / CAPTURE_RATE_HZ) * 1000;
      send({ kind: 'frame', samples: frame.slice(), capturedAtMs: blockEndMs - laterMs, xruns });
      filled = 0;
    }
  }
}

/** On the scale of `toInt16`, so that samples which need no conversion come through unchanged. */
function oneChannel(samples: Int16Array, channels: number, channel: number): Float32Array {
  const mono = new Float32Array(samples.length / channels);
  for (let i = 0; i < mono.length; i++) mono[i] = (samples[i * channels + channel] ?? 0) / 32_767;
  return mono;
}
