import type { TurnRecord } from '../../turn/turnRecord.js';
import type { VirtualSoundCard } from '../soundCard/virtualSoundCard.js';
import type { TurnMoments } from './turnMoments.js';

/** An appliance that speaks, for whoever wants to interrupt it. */
export interface SpeakingAppliance {
  readonly moments: TurnMoments;
  /** Of the turns that are over, in order. `moments` says when there is one more. */
  readonly records: readonly Pick<TurnRecord, 'source' | 'transcript' | 'interrupted'>[];
  /** Asks it something to which it replies so. */
  ask(reply: string): void;
  cancel(): void;
}

/** Where it all happens. */
export interface Stage {
  readonly card: VirtualSoundCard;
  readonly appliance: SpeakingAppliance;
  /** How loud the reply is at the speaker where it is voiced: RMS in dB of full scale. */
  readonly replyDb: number;
}

/** Longer than any reply of ours takes to begin, and to be over. */
const START_LIMIT_MS = 10_000;
const REPLY_LIMIT_MS = 30_000;
const CANCEL_LIMIT_MS = 5_000;

/** Has it say something. @returns when it was audible @throws when it never was; the signal's reason */
export async function letSpeak(appliance: SpeakingAppliance, reply: string, signal: AbortSignal): Promise<number> {
  appliance.ask(reply);
  const speaks = await appliance.moments.within(START_LIMIT_MS, () => isIn(appliance, 'speaking'), signal);
  if (!speaks) throw new Error(`the reply has never begun: the assistant is in "${appliance.moments.last?.state}"`);
  return appliance.moments.last?.atMs ?? performance.now();
}

/** Waits until it no longer speaks. */
export async function replyOver(appliance: SpeakingAppliance, signal: AbortSignal): Promise<void> {
  const isOver = await appliance.moments.within(REPLY_LIMIT_MS, () => !isIn(appliance, 'speaking'), signal);
  if (!isOver) throw new Error('the reply does not end');
}

/** Ends whatever it does. */
export async function calm(appliance: SpeakingAppliance, signal: AbortSignal): Promise<void> {
  appliance.cancel();
  const isCalm = await appliance.moments.within(CANCEL_LIMIT_MS, () => isIn(appliance, 'idle'), signal);
  if (!isCalm) throw new Error(`the assistant cannot be cancelled: it is in "${appliance.moments.last?.state}"`);
}

export function isIn({ moments }: SpeakingAppliance, ...states: readonly string[]): boolean {
  return states.includes(moments.last?.state ?? '');
}
