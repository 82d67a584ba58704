import { monitorEventLoopDelay } from 'node:perf_hooks';
import { CAPTURE_RATE_HZ } from '../../hardware/audio/pcm.js';
import type { Clock } from '../../hardware/clock.js';
import type { SpeechRecognizer } from '../speech/asr/recognizer.js';
import { median } from './median.js';

/** A segment of speech: 16 kHz mono in [-1, 1]. */
export interface Recording {
  readonly name: string;
  readonly samples: Float32Array;
}

export interface AsrBenchOptions {
  readonly recognizer: SpeechRecognizer;
  readonly recordings: readonly Recording[];
  /** Recognitions of each recording; at least 1. */
  readonly runs: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** From the request to the transcript, as the main thread sees it. */
export interface AsrClipResult {
  readonly name: string;
  readonly audioMs: number;
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** Time to recognise a second of speech, in seconds (of the median run). */
  readonly realTimeFactor: number;
}

/** What `benchAsr` measured. */
export interface AsrBenchResult {
  readonly recognizer: string;
  /** Loading and the first run. */
  readonly warmUpMs: number;
  readonly runs: number;
  readonly clips: readonly AsrClipResult[];
  /** Median over the clips; 0 without any. */
  readonly realTimeFactor: number;
  /**
   * How late the main thread's timers were while the recogniser worked (Node's event-loop delay histogram, less its
   * own resolution): playback, capture and the statechart live there.
   */
  readonly mainThreadStallMs: { readonly p99: number; readonly max: number };
}

/** Period of the timer whose lateness is the stall. */
const SAMPLING_MS = 1;

/**
 * Recognises each recording `runs` times and reports medians. The recogniser is warmed up first and stays open.
 * @throws {InferenceError}; the signal's reason
 */
export async function benchAsr(options: AsrBenchOptions): Promise<AsrBenchResult> {
  const { recognizer, recordings, runs, signal, clock } = options;
  const startedAt = clock.now();
  await recognizer.warmUp(signal);
  const warmUpMs = clock.now() - startedAt;
  const measured = recordings.map((): number[] => []);
  const delay = monitorEventLoopDelay({ resolution: SAMPLING_MS });
  delay.enable();
  try {
    // Round by round, so that a busy moment of the machine does not fall on one recording only.
    for (let round = 0; round < runs; round++) {
      for (const [index, { samples }] of recordings.entries()) {
        const runStartedAt = clock.now();
        await recognizer.transcribe(samples, signal);
        measured[index]?.push(clock.now() - runStartedAt);
      }
    }
  } finally {
    delay.disable();
  }
  const clips = recordings.map((recording, index) => clipResult(recording, measured[index] ?? []));
  return {
    recognizer: recognizer.name,
    warmUpMs,
    runs,
    clips,
    realTimeFactor: median(clips.map((clip) => clip.realTimeFactor)),
    mainThreadStallMs: { p99: stallMs(delay.percentile(99)), max: stallMs(delay.max) },
  };
}

function clipResult({ name, samples }: Recording, durationsMs: readonly number[]): AsrClipResult {
  const audioMs = (samples.length / CAPTURE_RATE_HZ) * 1000;
  const medianMs = median(durationsMs);
  return {
    name,
    audioMs,
    medianMs,
    minMs: Math.min(...durationsMs),
    maxMs: Math.max(...durationsMs),
    realTimeFactor: medianMs / Math.max(audioMs, 1),
  };
}

/** The histogram holds whole intervals in nanoseconds, the sampling period included. */
function stallMs(intervalNs: number): number {
  return Math.max(0, intervalNs / 1e6 - SAMPLING_MS);
}
