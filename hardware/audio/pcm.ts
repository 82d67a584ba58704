/** Sample rate of everything that is heard: the rate of the VAD and of the speech recogniser. */
export const CAPTURE_RATE_HZ = 16_000;

/** Samples in one frame: 32 ms at 16 kHz, what Silero VAD eats. */
export const FRAME_SAMPLES = 512;

/** Duration of one frame. */
export const FRAME_MS = (FRAME_SAMPLES / CAPTURE_RATE_HZ) * 1000;

/** One frame of captured speech: 512 samples, 16 kHz, mono, signed 16 bit. */
export interface PcmFrame {
  /** Exactly `FRAME_SAMPLES` samples; the last frame of a recording is padded with zeros. */
  readonly samples: Int16Array;
  /** When the frame's last sample was captured, on the driver's `Clock` (ms). */
  readonly capturedAtMs: number;
  /** A signal of our own could be heard meanwhile: whatever it sounds like, it is not the user who begins to speak. */
  readonly ownSignal?: boolean;
  /**
   * The loudest that our own speech may be in it, RMS in dB of full scale, and no less than the room's noise; infinite while
   * too little is known of the room; absent where none of our speech can be.
   */
  readonly echoDb?: number;
  /** It has just become clear that our own speech is heard otherwise than was thought: frames before were misjudged. */
  readonly echoCorrected?: boolean;
}

/** A piece of sound to be played: mono, [-1, 1], at any rate. */
export interface PcmAudio {
  readonly samples: Float32Array;
  readonly sampleRateHz: number;
}

/** Duration of a piece of sound in milliseconds. */
export function durationMs(pcm: PcmAudio): number {
  return (pcm.samples.length / pcm.sampleRateHz) * 1000;
}

/**
 * Signed 16-bit samples of float samples in [-1, 1]. What lies outside is clipped, NaN becomes silence.
 * The scale is 32767, so that +1 and -1 are symmetric.
 */
export function toInt16(samples: Float32Array): Int16Array {
  const out = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i] ?? 0;
    out[i] = x >= 1 ? 32_767 : x <= -1 ? -32_767 : Number.isNaN(x) ? 0 : Math.round(x * 32_767);
  }
  return out;
}

/** Float samples in [-1, 1) of signed 16-bit samples. */
export function toFloat32(samples: Int16Array): Float32Array {
  const out = new Float32Array(samples.length);
  for (let i = 0; i < samples.length; i++) out[i] = (samples[i] ?? 0) / 32_768;
  return out;
}
