import { DEFAULT_CONFIG } from '../../config/config.js';
import { chatModelThreads } from '../../inference/coreShares.js';
import type { AdaptiveSilences } from '../../speech/endpointing/patience.js';
import type { RecognitionTime } from '../../turn/listen.js';
import type { Chunking } from '../../turn/reply.js';
import type { SpeculationOptions } from '../../turn/speculation.js';

/**
 * How the voice is run. `resident`: loaded once, a clause is heard as soon as it is made; `windowed`: as soon as its
 * beginning is made; `whole`: loaded once, a chunk is heard when all of it is made; `spawned`: like `whole`, by a process
 * that is started for each chunk.
 */
export type VoicePolicy = 'resident' | 'windowed' | 'whole' | 'spawned';

/** A way to take turns: settings of one and the same turn code. */
export interface TurnPolicy {
  /** Silence after which the user is taken to have finished (ms): always the same, or as the words call for. */
  readonly silenceMs: number | AdaptiveSilences;
  readonly recognition: RecognitionTime;
  readonly chunking: Chunking;
  /** Of the model server. When nobody tells it, as many as there are cores. */
  readonly llmThreads: number;
  readonly voice: VoicePolicy;
  /** Whether a reply is begun at a pause. Default: not before the turn is over. */
  readonly speculation?: SpeculationOptions;
  /** Whether such a reply is spoken, to nobody yet, before the turn is over. Default: as soon as it has words. */
  readonly speaksEarly?: boolean;
}

const { endpointing, chunking, speculation } = DEFAULT_CONFIG;

const CORES = 4;

const SENTENCES: Chunking = { firstClause: false, idleFlushMs: chunking.idleFlushMs };

/** What Pressel waits for when nobody configures anything. */
const configuredSilenceMs: number | AdaptiveSilences =
  endpointing.patience === 'fixed'
    ? endpointing.silenceMs
    : {
        finishedMs: endpointing.finishedSilenceMs,
        unclearMs: endpointing.silenceMs,
        unfinishedMs: endpointing.unfinishedSilenceMs,
      };

export type TurnPolicyName = 'blocking' | 'naive-stream' | 'whisplay-like' | 'livekit-like' | 'pressel';

/** The policies that can be compared, with the silences of the projects that they are called after. */
export const TURN_POLICIES: Readonly<Record<TurnPolicyName, TurnPolicy>> = {
  /** The whole reply, then its whole sound. */
  blocking: {
    silenceMs: 800,
    recognition: 'atEnd',
    chunking: { ...SENTENCES, whole: true },
    llmThreads: CORES,
    voice: 'whole',
  },
  /** A sentence is spoken when it is complete. */
  'naive-stream': { silenceMs: 800, recognition: 'atEnd', chunking: SENTENCES, llmThreads: CORES, voice: 'whole' },
  /** Splits at commas too, here only the first chunk; that it polls for the next one delays no first sound. */
  'whisplay-like': {
    silenceMs: 700,
    recognition: 'atEnd',
    chunking: { ...SENTENCES, firstClause: true },
    llmThreads: CORES,
    voice: 'spawned',
  },
  /** Asks the model early, and its voice only when the turn is over. */
  'livekit-like': {
    silenceMs: 550,
    recognition: 'atPause',
    chunking: SENTENCES,
    llmThreads: CORES,
    voice: 'resident',
    speculation: { maxAttempts: 3, maxSpeechMs: 10_000, prefill: false },
    speaksEarly: false,
  },
  /** As it is configured when nobody configures anything, with a Piper voice. */
  pressel: {
    silenceMs: configuredSilenceMs,
    recognition: 'whileSpeaking',
    chunking: { firstClause: chunking.firstClause, idleFlushMs: chunking.idleFlushMs },
    llmThreads: chatModelThreads(CORES) ?? CORES,
    voice: 'windowed',
    speculation,
  },
};

export const TURN_POLICY_NAMES = Object.keys(TURN_POLICIES) as readonly TurnPolicyName[];
