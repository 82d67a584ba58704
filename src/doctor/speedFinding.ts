import { type BestSpeeds, timesSlower } from '../appliance/speedFile.js';
import type { MeasuredSpeeds } from '../observability/measuredSpeeds.js';
import { type ModelNames, type ModelPart, slowModels } from '../observability/slowModels.js';
import type { Finding } from './check.js';

/** A measurement varies with what else the computer does; twice is a fall. */
const FALL = 2;

const UNITS = {
  asrRealTimeFactor: 's to understand a second of speech',
  ttsRealTimeFactor: 's to make a second of speech',
  ttsFirstPieceMs: 'ms to the first sound',
  promptTokensPerSecond: 'tokens a second read',
  generatedTokensPerSecond: 'tokens a second written',
} as const satisfies Record<keyof MeasuredSpeeds, string>;

const FIGURES_OF = {
  asr: ['asrRealTimeFactor'],
  tts: ['ttsRealTimeFactor', 'ttsFirstPieceMs'],
  llm: ['generatedTokensPerSecond', 'promptTokensPerSecond'],
} as const satisfies Record<ModelPart, readonly (keyof MeasuredSpeeds)[]>;

/**
 * Whether a fall to this value is worth an alarm: a voice that needs 60 ms for a second instead of 30 has met some other
 * work, and nobody hears it.
 */
const IS_NOTICED: Readonly<Partial<Record<keyof MeasuredSpeeds, (value: number) => boolean>>> = {
  asrRealTimeFactor: (factor) => factor > 0.3,
  ttsRealTimeFactor: (factor) => factor > 0.3,
  ttsFirstPieceMs: (ms) => ms > 500,
};

export interface Speeds {
  readonly now: MeasuredSpeeds;
  /** As they were before this measurement. */
  readonly best: BestSpeeds;
  readonly names: ModelNames;
  /** Where the best are kept, for whoever wants them forgotten. */
  readonly file: string;
  /** What may have made the models slower than they were. */
  readonly fallRemedy: string;
}

/** Whether models are as fast as speech, and as they have been before. */
export function speedFinding(parts: readonly ModelPart[], speeds: Speeds): Finding {
  const { now, best, names, file, fallRemedy } = speeds;
  const known = parts
    .flatMap((part) => FIGURES_OF[part])
    .flatMap((name) => {
      const value = now[name];
      return value === null ? [] : [{ name, value, before: best[name] }];
    });
  const details = { now, best };
  if (known.length === 0) return { verdict: 'skipped', reason: 'nothing has been measured yet', details };
  const falls = known.flatMap(({ name, value, before }) => {
    const times = before === undefined ? 1 : timesSlower(name, value, before.value);
    if (before === undefined || times <= FALL || IS_NOTICED[name]?.(value) === false) return [];
    return [
      `${figure(times)} times as slow as on ${before.on}: ${figure(value)} ${UNITS[name]}, then ${figure(before.value)}`,
    ];
  });
  if (falls.length > 0) {
    return {
      verdict: 'degraded',
      reason: falls.join('; '),
      remedy: `${fallRemedy}; if it is meant to be so: rm ${file}`,
      details,
    };
  }
  const [slow] = slowModels(now, names).filter(({ part }) => parts.includes(part));
  if (slow) {
    return { verdict: 'degraded', ...splitMessage(slow.message), details };
  }
  const measured = known.map(({ name, value }) => `${figure(value)} ${UNITS[name]}`);
  return { verdict: 'ok', reason: measured.join(', '), details };
}

/** The message has both: "the voice ... will have gaps: choose a smaller voice". A model's name may have a colon too. */
function splitMessage(message: string): Pick<Finding, 'reason' | 'remedy'> {
  const [, reason, remedy] = /^(.*?, so answers will [^:]*): (.*)$/.exec(message) ?? [];
  return reason === undefined || remedy === undefined ? { reason: message } : { reason, remedy };
}

function figure(value: number): string {
  return String(Number(value.toPrecision(2)));
}
