import { DEFAULT_CONFIG } from '../../config/config.js';
import type { Chunking } from '../../turn/reply.js';

/** When a pause is recognised: at once, in case that it is the end, or when the turn is over. */
export type RecognitionPolicy = 'atPause' | 'atEnd';

/**
 * How the voice is run. `resident`: loaded once, a clause is heard as soon as it is made; `whole`: loaded once, a chunk is
 * heard when all of it is made; `spawned`: like `whole`, by a process that is started for each chunk.
 */
export type VoicePolicy = 'resident' | 'whole' | 'spawned';

/** A way to take turns: settings of one and the same turn code. */
export interface TurnPolicy {
  /** Silence after which the user is taken to have finished (ms). */
  readonly silenceMs: number;
  readonly recognition: RecognitionPolicy;
  readonly chunking: Chunking;
  readonly voice: VoicePolicy;
}

const { endpointing, chunking } = DEFAULT_CONFIG;

const SENTENCES: Chunking = { firstClause: false, idleFlushMs: chunking.idleFlushMs };

/**
 * The policies that can be compared. The silences are those of the projects that a policy is called after. What they
 * have besides and the turn code does not yet, is missing from them: see each.
 */
export const TURN_POLICIES = {
  /** The whole reply, then its whole sound. */
  blocking: { silenceMs: 800, recognition: 'atEnd', chunking: { ...SENTENCES, whole: true }, voice: 'whole' },
  /** A sentence is spoken when it is complete. */
  'naive-stream': { silenceMs: 800, recognition: 'atEnd', chunking: SENTENCES, voice: 'whole' },
  /** Splits at commas too, here only the first chunk; what it polls for between chunks delays no first sound. */
  'whisplay-like': {
    silenceMs: 700,
    recognition: 'atEnd',
    chunking: { ...SENTENCES, firstClause: true },
    voice: 'spawned',
  },
  /** Without its pre-emptive generation, which asks the model before the turn is over. */
  'livekit-like': { silenceMs: 550, recognition: 'atPause', chunking: SENTENCES, voice: 'resident' },
  /** As it is configured when nobody configures anything. */
  pressel: {
    silenceMs: endpointing.silenceMs,
    recognition: 'atPause',
    chunking: { firstClause: chunking.firstClause, idleFlushMs: chunking.idleFlushMs },
    voice: 'resident',
  },
} as const satisfies Readonly<Record<string, TurnPolicy>>;

export type TurnPolicyName = keyof typeof TURN_POLICIES;

export const TURN_POLICY_NAMES = Object.keys(TURN_POLICIES) as readonly TurnPolicyName[];
