import { monitorEventLoopDelay } from 'node:perf_hooks';
import { CAPTURE_RATE_HZ } from '../../hardware/audio/pcm.js';
import type { Clock } from '../../hardware/clock.js';
import type { SpeechRecognizer, Transcript } from '../speech/asr/recognizer.js';
import { median } from './median.js';

/** A segment of speech: 16 kHz mono in [-1, 1]. */
export interface Recording {
  readonly name: string;
  readonly samples: Float32Array;
}

export interface AsrBenchOptions {
  readonly recognizer: SpeechRecognizer;
  readonly recordings: readonly Recording[];
  /** Recognitions of each recording, and again with each draft; at least 1. */
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
  /** The same recognition with an earlier transcript of the beginning at hand, measured in the same rounds. */
  readonly withDraft: readonly AsrDraftResult[];
}

export interface AsrDraftResult {
  /** How much of the end of the recording the draft had not heard. */
  readonly unheardMs: number;
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly draftTokens: number;
  /** Tokens that the draft and the transcript both begin with. */
  readonly acceptedTokens: number;
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

/** Drafts are made of all but the last 0.3 and 0.6 s: partial transcripts follow each other at about such intervals. */
const UNHEARD_MS = [300, 600] as const;

/** Period of the timer whose lateness is the stall. */
const SAMPLING_MS = 1;

/**
 * Recognises each recording `runs` times, without and with drafts, and reports medians. The recogniser is warmed up first and stays open.
 * @throws {InferenceError}; the signal's reason
 */
export async function benchAsr(options: AsrBenchOptions): Promise<AsrBenchResult> {
  const { recognizer, recordings, runs, signal, clock } = options;
  const startedAt = clock.now();
  await recognizer.warmUp(signal);
  const warmUpMs = clock.now() - startedAt;
  const measured: Measured[] = [];
  for (const recording of recordings) {
    const drafts = await Promise.all(UNHEARD_MS.map((unheardMs) => draftOf(recording, unheardMs, recognizer, signal)));
    measured.push({ recording, durationsMs: [], drafts });
  }
  const timed = async (samples: Float32Array, into: number[], draft?: Transcript): Promise<Transcript> => {
    const runStartedAt = clock.now();
    const transcript = await recognizer.transcribe(samples, signal, draft);
    into.push(clock.now() - runStartedAt);
    return transcript;
  };
  const delay = monitorEventLoopDelay({ resolution: SAMPLING_MS });
  delay.enable();
  try {
    // Round by round, so that a busy moment of the machine does not fall on one recording only.
    for (let round = 0; round < runs; round++) {
      for (const { recording, durationsMs, drafts } of measured) {
        await timed(recording.samples, durationsMs);
        for (const draft of drafts) {
          const transcript = await timed(recording.samples, draft.durationsMs, draft.transcript);
          draft.acceptedTokens = inCommon(draft.transcript, transcript);
        }
      }
    }
  } finally {
    delay.disable();
  }
  const clips = measured.map(clipResult);
  return {
    recognizer: recognizer.name,
    warmUpMs,
    runs,
    clips,
    realTimeFactor: median(clips.map((clip) => clip.realTimeFactor)),
    mainThreadStallMs: { p99: stallMs(delay.percentile(99)), max: stallMs(delay.max) },
  };
}

interface Measured {
  readonly recording: Recording;
  readonly durationsMs: number[];
  readonly drafts: readonly MeasuredDraft[];
}

interface MeasuredDraft {
  readonly unheardMs: number;
  readonly transcript: Transcript;
  readonly durationsMs: number[];
  acceptedTokens: number;
}

/** What the recogniser makes of a recording without its end. */
async function draftOf(
  { samples }: Recording,
  unheardMs: number,
  recognizer: SpeechRecognizer,
  signal: AbortSignal,
): Promise<MeasuredDraft> {
  const heardSamples = Math.max(0, samples.length - (unheardMs / 1000) * CAPTURE_RATE_HZ);
  const transcript = await recognizer.transcribe(samples.slice(0, heardSamples), signal);
  return { unheardMs, transcript, durationsMs: [], acceptedTokens: 0 };
}

function inCommon({ tokens: draft = [] }: Transcript, { tokens = [] }: Transcript): number {
  const first = draft.findIndex((token, index) => token !== tokens[index]);
  return first < 0 ? draft.length : first;
}

function clipResult({ recording: { name, samples }, durationsMs, drafts }: Measured): AsrClipResult {
  const audioMs = (samples.length / CAPTURE_RATE_HZ) * 1000;
  const durations = medianAndExtremes(durationsMs);
  return {
    name,
    audioMs,
    ...durations,
    realTimeFactor: durations.medianMs / Math.max(audioMs, 1),
    withDraft: drafts.map((draft) => ({
      unheardMs: draft.unheardMs,
      ...medianAndExtremes(draft.durationsMs),
      draftTokens: draft.transcript.tokens?.length ?? 0,
      acceptedTokens: draft.acceptedTokens,
    })),
  };
}

function medianAndExtremes(durationsMs: readonly number[]) {
  return { medianMs: median(durationsMs), minMs: Math.min(...durationsMs), maxMs: Math.max(...durationsMs) };
}

/** The histogram holds whole intervals in nanoseconds, the sampling period included. */
function stallMs(intervalNs: number): number {
  return Math.max(0, intervalNs / 1e6 - SAMPLING_MS);
}
