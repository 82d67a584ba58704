import type { PcmAudio } from '../../../hardware/audio/pcm.js';

/** A sample counts as audible from 1 % of full scale. */
const AUDIBLE = 0.01;

/** Silence kept before the first audible sample (ms), so that a soft onset is not cut. */
const KEPT_MS = 10;

/** Index of the first sample that can be heard, undefined in silence. */
export function firstAudibleSample({ samples }: PcmAudio): number | undefined {
  const index = samples.findIndex((sample) => Math.abs(sample) > AUDIBLE);
  return index < 0 ? undefined : index;
}

/** `pcm` from 10 ms before its first audible sample on: voices begin with up to 200 ms of silence that the user waits for. */
export function withoutLeadingSilence(pcm: PcmAudio): PcmAudio {
  const onset = firstAudibleSample(pcm) ?? 0;
  const from = Math.max(0, onset - Math.round((KEPT_MS / 1000) * pcm.sampleRateHz));
  return { ...pcm, samples: pcm.samples.subarray(from) };
}
