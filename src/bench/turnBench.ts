import type { CaptureDriver } from '../../hardware/audio/drivers.js';
import { createNullPlayback } from '../../hardware/audio/nullPlayback.js';
import type { PcmAudio } from '../../hardware/audio/pcm.js';
import type { Clock } from '../../hardware/clock.js';
import { answerOnce } from '../assistant/answerOnce.js';
import type { Config } from '../config/config.js';
import { OllamaModel } from '../llm/ollamaModel.js';
import { startScriptedOllama } from '../llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../llm/scripted/scriptedResponder.js';
import type { Log } from '../observability/log.js';
import { STAGES, type TimelineReport } from '../observability/timeline.js';
import type { Voice } from '../speech/tts/voice.js';
import type { Ears } from '../turn/listen.js';
import type { Chunking, Mind } from '../turn/reply.js';

/** Ways to run the same turn. `blocking`: whole reply, then whole audio. `stream`: as the appliance does it. */
export const POLICIES = ['blocking', 'stream'] as const;
export type PolicyName = (typeof POLICIES)[number];

export interface TurnBenchOptions {
  /** A fresh capture of the same recording for each turn. */
  readonly capture: () => CaptureDriver;
  readonly ears: Ears;
  readonly voice: Voice;
  /** Everything of the mind but the model and the chunking, which the policies choose. */
  readonly mind: Omit<Mind, 'model' | 'chunking'>;
  readonly chunking: Chunking;
  readonly config: Config;
  readonly turns: number;
  readonly tokensPerSecond: number;
  readonly firstTokenMs: number;
  /** What the scripted model replies. */
  readonly reply: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onTurn?: (policy: PolicyName, turn: number) => void;
}

export interface PolicyResult {
  readonly turns: number;
  /** Time to first audio (ms): last voiced sample of the question to the first audible sample of the reply. */
  readonly p50: number;
  readonly p95: number;
  /** Median of each stage, in ms from the end of speech; null for a stage that did not happen. */
  readonly stages: TimelineReport;
}

/**
 * The same recording, the same scripted model, the same voice under each policy, in turns: one of each, then the next,
 * so that a noisy machine is noisy for all.
 */
export async function benchTurn(options: TurnBenchOptions): Promise<Record<PolicyName, PolicyResult>> {
  const { reply, tokensPerSecond, firstTokenMs, turns, voice, ears, signal } = options;
  await Promise.all([
    ears.vad.warmUp(signal),
    ears.recognizer.warmUp(signal),
    ears.endOfTurn?.warmUp(signal),
    voice.warmUp(signal),
  ]);
  const server = await startScriptedOllama({ reply: () => reply, tokensPerSecond, firstTokenMs });
  const timelines: Record<PolicyName, TimelineReport[]> = { blocking: [], stream: [] };
  try {
    for (let turn = 0; turn < turns; turn++) {
      for (const policy of POLICIES) {
        options.onTurn?.(policy, turn);
        timelines[policy].push(await timedTurn(policy, server.url, options));
      }
    }
  } finally {
    await server.close();
  }
  return { blocking: summary(timelines.blocking), stream: summary(timelines.stream) };
}

async function timedTurn(policy: PolicyName, url: string, options: TurnBenchOptions): Promise<TimelineReport> {
  const { clock, config, signal, mind, ears, capture } = options;
  const blocking = policy === 'blocking';
  const voice = blocking ? wholeAudio(options.voice) : options.voice;
  const model = new OllamaModel({ url, model: SCRIPTED_MODEL, streaming: !blocking, clock });
  const chunking = blocking ? { firstClause: false, idleFlushMs: 0, whole: true } : options.chunking;
  const playback = createNullPlayback({ sampleRateHz: voice.sampleRateHz, pace: 'realtime', clock });
  const anticipation = blocking ? {} : { speculation: config.speculation };
  try {
    mind.conversation.forget();
    const { record } = await answerOnce(
      {
        capture: capture(),
        ears: blocking ? withoutPatience(ears) : ears,
        mind: { ...mind, model, chunking },
        mouth: { voice, playback },
        clock,
        ...anticipation,
      },
      config,
      { type: 'button.pressed' },
      options.log,
      signal,
    );
    if (record.problem) throw new Error(`a turn of the benchmark failed: ${record.problem.message}`);
    return record.timeline.report();
  } finally {
    await playback.close();
  }
}

/** Ears for which every silence is the same. */
function withoutPatience({ vad, recognizer, hearing }: Ears): Ears {
  return { vad, recognizer, hearing };
}

/** A voice whose sound is there only when all of it is. */
export function wholeAudio(voice: Voice): Voice {
  return {
    name: voice.name,
    sampleRateHz: voice.sampleRateHz,
    warmUp: (signal) => voice.warmUp(signal),
    close: () => voice.close(),
    async *synthesize(text, signal): AsyncGenerator<PcmAudio> {
      const pieces: Float32Array[] = [];
      for await (const { samples } of voice.synthesize(text, signal)) pieces.push(samples);
      const samples = new Float32Array(pieces.reduce((total, piece) => total + piece.length, 0));
      let at = 0;
      for (const piece of pieces) {
        samples.set(piece, at);
        at += piece.length;
      }
      yield { samples, sampleRateHz: voice.sampleRateHz };
    },
  };
}

function summary(timelines: readonly TimelineReport[]): PolicyResult {
  const firstAudio = timelines.map((timeline) => timeline.firstAudio).filter((ms) => ms !== null);
  return {
    turns: timelines.length,
    p50: percentile(firstAudio, 0.5) ?? Number.NaN,
    p95: percentile(firstAudio, 0.95) ?? Number.NaN,
    stages: stageMedians(timelines),
  };
}

/** The median of each stage over the turns that passed it; null for one that none did. */
export function stageMedians(timelines: readonly TimelineReport[]): TimelineReport {
  return Object.fromEntries(
    STAGES.map((stage) => [
      stage,
      percentile(
        timelines.map((timeline) => timeline[stage]).filter((ms) => ms !== null),
        0.5,
      ),
    ]),
  ) as TimelineReport;
}

/** Nearest-rank percentile; null of nothing. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
