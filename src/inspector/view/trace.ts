import type { ServerMessage } from '../protocol.js';

/** So much of the microphone's trace is shown. */
export const TRACE_MS = 15_000;

/** The values of one message are so far apart. */
const STEP_MS = 50;

/** A message that took longer than this leaves a gap in the drawing. */
const GAP_MS = 400;

/** The microphone at one moment; null where nobody listened. */
export interface TraceSample {
  /** By the appliance's clock. */
  readonly at: number;
  /** dB of full scale. */
  readonly levelDb: number | null;
  readonly speechProbability: number | null;
}

type TraceMessage = Extract<ServerMessage, { type: 'trace' }>;

/** The values of one message, each at its time; `at` is that of the last. */
export function traceSamples({ at, levelDb, speechProbability }: TraceMessage): TraceSample[] {
  const count = Math.max(levelDb.length, speechProbability.length);
  return Array.from({ length: count }, (_, index) => ({
    at: at - (count - 1 - index) * STEP_MS,
    levelDb: levelDb[index] ?? null,
    speechProbability: speechProbability[index] ?? null,
  }));
}

/** Without what is too old to be shown, and in order. */
export function latestTrace(samples: readonly TraceSample[]): readonly TraceSample[] {
  const from = (samples.at(-1)?.at ?? 0) - TRACE_MS;
  return samples.filter(({ at }) => at >= from);
}

/** Columns for a plot: seconds before the last sample, level and probability. Gaps are null. */
export function traceColumns(
  samples: readonly TraceSample[],
): [seconds: number[], levelDb: (number | null)[], speechProbability: (number | null)[]] {
  const columns: [number[], (number | null)[], (number | null)[]] = [[], [], []];
  const [seconds, levels, probabilities] = columns;
  const lastAt = samples.at(-1)?.at ?? 0;
  let beforeAt = Number.NaN;
  for (const { at, levelDb, speechProbability } of samples) {
    if (at - beforeAt > GAP_MS) {
      seconds.push((at - STEP_MS - lastAt) / 1000);
      levels.push(null);
      probabilities.push(null);
    }
    seconds.push((at - lastAt) / 1000);
    levels.push(levelDb);
    probabilities.push(speechProbability);
    beforeAt = at;
  }
  return columns;
}
