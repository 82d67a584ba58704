/**
 * Loudest sample that comes out: EBU R 128 leaves 1 dB below full scale free. As a float32, so that rounding cannot
 * lift a sample above it.
 */
const CEILING = Math.fround(10 ** (-1 / 20));

/**
 * Time constant with which a reduced gain returns. Much longer than a pitch period (12 ms of a deep voice), or the gain
 * would follow the waveform and distort it; shorter than a syllable (about 200 ms), or the quiet sound after a loud one
 * would be lost.
 */
const RELEASE_MS = 100;

/**
 * Gain in software for a quiet microphone. A limiter follows it: a peak detector with instant attack and exponential
 * release (D. Giannoulis, M. Massberg, J. D. Reiss, "Digital Dynamic Range Compressor Design: A Tutorial and Analysis",
 * J. Audio Eng. Soc. 60(6), 2012; attack 0 as in the limiter of WebRTC's AGC2), which costs no delay. It only ever takes
 * back what would pass the ceiling of -1 dBFS: sound that stays below gets the gain alone, and at 0 dB no bit changes.
 * @returns changes the next samples of one stream in place, in blocks of any size. No sample comes out above the
 *   ceiling; NaN and infinities come out as silence and leave no trace.
 * @throws {RangeError} when the gain is not a finite number or the rate is not above 0
 */
export function createCaptureGain(gainDb: number, sampleRateHz: number): (samples: Float32Array) => void {
  const gain = 10 ** (gainDb / 20);
  if (!Number.isFinite(gainDb) || !Number.isFinite(gain)) {
    throw new RangeError(`a capture gain of ${gainDb} dB is not possible`);
  }
  if (!(sampleRateHz > 0)) throw new RangeError(`a sample rate of ${sampleRateHz} Hz is not possible`);
  const release = Math.exp(-1000 / (RELEASE_MS * sampleRateHz));
  let peak = 0;
  return (samples) => {
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] ?? 0;
      const louder = Number.isFinite(sample) ? sample * gain : 0;
      peak = Math.max(Math.abs(louder), peak * release);
      samples[i] = peak > CEILING ? louder * (CEILING / peak) : louder;
    }
  };
}
