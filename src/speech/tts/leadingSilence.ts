import type { PcmAudio } from '../../../hardware/audio/pcm.js';

/** A sample counts as audible from 1 % of full scale. */
export const AUDIBLE = 0.01;

/** Silence kept before the first audible sample (ms), so that a soft onset is not cut. */
export const KEPT_MS = 10;

/** Index of the first sample that can be heard, undefined in silence. */
export function firstAudibleSample({ samples }: PcmAudio): number | undefined {
  const index = samples.findIndex((sample) => Math.abs(sample) > AUDIBLE);
  return index < 0 ? undefined : index;
}

/**
 * `pieces` from 10 ms before the first audible sample on: voices begin with up to 200 ms of silence that the user waits
 * for. Where nothing is audible at all, the last piece is left.
 */
export async function* withoutLeadingSilence(
  pieces: AsyncIterable<PcmAudio>,
): AsyncGenerator<PcmAudio, void, undefined> {
  let silent: PcmAudio | undefined;
  let begun = false;
  for await (const piece of pieces) {
    const onset = begun ? 0 : firstAudibleSample(piece);
    if (onset === undefined) {
      silent = piece;
      continue;
    }
    yield begun ? piece : fromOnset(silent, piece, onset);
    begun = true;
  }
  if (!begun && silent) yield silent;
}

/** `piece` with what is kept of the silence before its sample `onset`, some of which may be in the piece `before` it. */
function fromOnset(before: PcmAudio | undefined, piece: PcmAudio, onset: number): PcmAudio {
  const from = onset - Math.round((KEPT_MS / 1000) * piece.sampleRateHz);
  if (from >= 0 || !before) return { ...piece, samples: piece.samples.subarray(Math.max(0, from)) };
  const tail = before.samples.subarray(Math.max(0, before.samples.length + from));
  const samples = new Float32Array(tail.length + piece.samples.length);
  samples.set(tail);
  samples.set(piece.samples, tail.length);
  return { ...piece, samples };
}
