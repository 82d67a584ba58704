import { type Config, DEFAULT_CONFIG } from '../config/config.js';
import { chatModelThreads } from '../inference/coreShares.js';
import type { AdaptiveSilences } from '../speech/endpointing/patience.js';
import type { RecognitionTime } from '../turn/listen.js';
import type { SpeculationOptions } from '../turn/speculation.js';
import type { Chunking } from '../turn/spokenChunks.js';
import { LookAheadChunker, MarkChunker } from './policyChunkers.js';

/**
 * How the voice is run. `resident`: loaded once, a clause is heard as soon as it is made; `windowed`: as soon as its
 * beginning is made; `whole`: loaded once, a chunk is heard when all of it is made; `spawned`: like `whole`, by an engine
 * that is started for each chunk.
 */
export type VoicePolicy = 'resident' | 'windowed' | 'whole' | 'spawned';

/** A way to take turns: settings of one and the same turn code. */
export interface TurnPolicy {
  /** Silence after which the user is taken to have finished (ms): always the same, or as the words call for. */
  readonly silenceMs: number | AdaptiveSilences;
  /** The turn is not over before so much silence (ms), whatever else says that it is. Default: 0. */
  readonly minDelayMs?: number;
  /** A model is asked after `silenceMs` whether that was all. If it says no, the turn ends only after `incompleteMs`. */
  readonly endOfTurn?: { readonly incompleteMs: number };
  readonly recognition: RecognitionTime;
  /** Silence from which on it is a pause (ms). Default: as in the appliance. */
  readonly pauseMs?: number;
  readonly chunking: Chunking;
  /** Of the model server. When nobody tells it, as many as there are cores. */
  readonly llmThreads: number;
  /** Whether the assistant's own threads are preferred to the model server's. Default: they are equal. */
  readonly isPreferred?: boolean;
  readonly voice: VoicePolicy;
  /** The player looks for the next chunk every so often (ms) once it has nothing left to play. Default: at once. */
  readonly pollMs?: number;
  /** How long the user may go on after the end, until the reply is audible (ms). Default: 0. */
  readonly reopenMs?: number;
  /** Whether a reply is begun at a pause. Default: not before the turn is over. */
  readonly speculation?: SpeculationOptions;
  /** Whether such a reply is spoken, to nobody yet, before the turn is over. Default: as soon as it has words. */
  readonly speaksEarly?: boolean;
}

/** From the slowest to the fastest, as a rule. */
export const TURN_POLICY_NAMES = [
  'blocking',
  'naive-stream',
  'whisplay-like',
  'livekit-like',
  'pipecat-like',
  'pressel',
] as const;
export type TurnPolicyName = (typeof TURN_POLICY_NAMES)[number];
export type TurnPolicies = Readonly<Record<TurnPolicyName, TurnPolicy>>;

/** Of a Raspberry Pi. */
const CORES = 4;

const { idleFlushMs } = DEFAULT_CONFIG.chunking;

/** Chunks that need no quiet moment to be released. */
const cutBy = (chunker: NonNullable<Chunking['chunker']>): Chunking => ({ firstClause: false, idleFlushMs, chunker });

/** The policies that Pressel is compared with, with the figures of the projects that they are called after. */
const PEERS = {
  /** The whole reply, then its whole sound. */
  blocking: {
    silenceMs: 800,
    recognition: 'atEnd',
    chunking: { firstClause: false, idleFlushMs, whole: true },
    llmThreads: CORES,
    voice: 'whole',
  },
  /** Whatever has arrived is spoken when it ends in a full stop, an exclamation mark or a question mark. */
  'naive-stream': {
    silenceMs: 800,
    recognition: 'atEnd',
    chunking: cutBy(() => new MarkChunker('.!?')),
    llmThreads: CORES,
    voice: 'whole',
  },
  /**
   * whisplay-ai-chatbot: sox ends the recording after 0.7 s of silence; text is cut at commas too, without looking ahead;
   * Piper is started for each chunk. Its player awaits the first chunk itself: it polls only when it has run dry in the
   * middle of a reply, so that the first sound never waits for that.
   */
  'whisplay-like': {
    silenceMs: 700,
    recognition: 'atEnd',
    chunking: cutBy(() => new MarkChunker('.!?,')),
    llmThreads: CORES,
    voice: 'spawned',
    pollMs: 1_000,
  },
  /**
   * agents-js without its turn detector: the VAD reports the end of speech after 550 ms. The minimum delay counts from the
   * last voiced moment too and has passed by then, so that 550 ms it is. The model is asked early, the voice is not;
   * sentences of under 20 characters are joined with the next one, and a sentence waits for the beginning of that.
   */
  'livekit-like': {
    silenceMs: 550,
    minDelayMs: 500,
    recognition: 'atPause',
    chunking: cutBy(() => new LookAheadChunker(20)),
    llmThreads: CORES,
    voice: 'resident',
    speculation: { maxAttempts: 3, maxSpeechMs: 10_000, prefill: false },
    speaksEarly: false,
  },
  /**
   * pipecat with Smart Turn: the VAD stops after 200 ms, then the model judges and the recogniser begins; after "incomplete"
   * it waits for 3 s of silence. A sentence waits for the first character of the next one.
   */
  'pipecat-like': {
    silenceMs: 200,
    endOfTurn: { incompleteMs: 3_000 },
    recognition: 'atPause',
    pauseMs: 200,
    chunking: cutBy(() => new LookAheadChunker()),
    llmThreads: CORES,
    voice: 'resident',
  },
} as const satisfies Record<Exclude<TurnPolicyName, 'pressel'>, TurnPolicy>;

/** What Pressel waits for. */
function configuredSilenceMs({ endpointing }: Config): number | AdaptiveSilences {
  const { patience, silenceMs, finishedSilenceMs, unclearSilenceMs, unfinishedSilenceMs } = endpointing;
  if (patience === 'fixed') return silenceMs;
  return { finishedMs: finishedSilenceMs, unclearMs: unclearSilenceMs, unfinishedMs: unfinishedSilenceMs };
}

/** The policies that can be compared. */
export const TURN_POLICIES: TurnPolicies = {
  ...PEERS,
  /** As it is configured when nobody configures anything, with a Piper voice. */
  pressel: {
    silenceMs: configuredSilenceMs(DEFAULT_CONFIG),
    recognition: DEFAULT_CONFIG.asr.whileSpeaking ? 'whileSpeaking' : 'atPause',
    chunking: { firstClause: DEFAULT_CONFIG.chunking.firstClause, idleFlushMs },
    llmThreads: chatModelThreads(CORES) ?? CORES,
    isPreferred: true,
    voice: 'windowed',
    speculation: DEFAULT_CONFIG.speculation,
    reopenMs: DEFAULT_CONFIG.endpointing.reopenMs,
  },
};

export function isTurnPolicyName(name: string): name is TurnPolicyName {
  return Object.hasOwn(TURN_POLICIES, name);
}
