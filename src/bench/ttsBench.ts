import { durationMs } from '../../hardware/audio/pcm.js';
import type { Clock } from '../../hardware/clock.js';
import type { Voice } from '../speech/tts/voice.js';
import { median } from './median.js';

/** The classes that sentences are reported in: about 3, 12 and 30 words. */
export const LENGTH_CLASSES = [3, 12, 30] as const;

/** One synthesis of one sentence. */
interface Run {
  readonly firstPcmMs: number;
  readonly totalMs: number;
  readonly audioMs: number;
}

/** How fast a voice speaks sentences of about `words` words: medians over `runs` syntheses. */
export interface TtsLengthResult {
  readonly words: (typeof LENGTH_CLASSES)[number];
  readonly runs: number;
  /** From the request to the first clause's sound. */
  readonly firstPcmMs: number;
  /** From the request to the last clause's sound. */
  readonly totalMs: number;
  /** Length of the sound, with the pauses between and after the clauses. */
  readonly audioMs: number;
  /** Real-time factor: time to make a second of sound, in seconds. Below 1 the voice keeps up with the listener. */
  readonly rtf: number;
}

/** What `benchTts` measured. */
export interface TtsBenchResult {
  readonly voice: string;
  /** Loading and the first run. */
  readonly warmUpMs: number;
  /** Resident memory of the whole process, before and after, in 10^6 bytes. */
  readonly rssBeforeMb: number;
  readonly rssAfterMb: number;
  readonly lengths: readonly TtsLengthResult[];
}

/**
 * Speaks each sentence `runs` times with `voice` and reports medians for each length class. A sentence counts in the
 * class that its number of words is nearest to; classes without a sentence are left out. The voice is warmed up first
 * and stays open.
 * @throws {VoiceError}; the signal's reason
 */
export async function benchTts(
  voice: Voice,
  sentences: readonly string[],
  runs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<TtsBenchResult> {
  const rssBeforeMb = residentMb();
  const startedAt = clock.now();
  await voice.warmUp(signal);
  const warmUpMs = clock.now() - startedAt;
  const measured = new Map<TtsLengthResult['words'], Run[]>();
  // Round by round, so that a busy moment of the machine does not fall on one sentence only.
  for (let round = 0; round < runs; round++) {
    for (const sentence of sentences) {
      const words = lengthClass(sentence);
      const run = await speakOnce(voice, sentence, clock, signal);
      measured.set(words, [...(measured.get(words) ?? []), run]);
    }
  }
  const lengths = LENGTH_CLASSES.flatMap((words) => {
    const all = measured.get(words);
    return all ? [summary(words, all)] : [];
  });
  return { voice: voice.name, warmUpMs, rssBeforeMb, rssAfterMb: residentMb(), lengths };
}

async function speakOnce(voice: Voice, sentence: string, clock: Clock, signal: AbortSignal): Promise<Run> {
  const startedAt = clock.now();
  let firstPcmMs: number | undefined;
  let audioMs = 0;
  for await (const pcm of voice.synthesize(sentence, signal)) {
    firstPcmMs ??= clock.now() - startedAt;
    audioMs += durationMs(pcm);
  }
  const totalMs = clock.now() - startedAt;
  return { firstPcmMs: firstPcmMs ?? totalMs, totalMs, audioMs };
}

function lengthClass(sentence: string): TtsLengthResult['words'] {
  const words = sentence.split(/\s+/).filter((word) => word !== '').length;
  return LENGTH_CLASSES.reduce((best, one) => (Math.abs(one - words) < Math.abs(best - words) ? one : best));
}

function summary(words: TtsLengthResult['words'], runs: readonly Run[]): TtsLengthResult {
  const of = (value: (run: Run) => number) => median(runs.map(value));
  return {
    words,
    runs: runs.length,
    firstPcmMs: of((run) => run.firstPcmMs),
    totalMs: of((run) => run.totalMs),
    audioMs: of((run) => run.audioMs),
    rtf: of((run) => run.totalMs / Math.max(run.audioMs, 1)),
  };
}

function residentMb(): number {
  return process.memoryUsage.rss() / 1e6;
}
