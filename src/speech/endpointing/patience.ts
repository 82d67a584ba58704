import type { Pause } from '../endpointer.js';
import { type Finishedness, finishednessOf } from './finishedness.js';

/** Decides for one utterance how long a silence ends it, and learns what it can on the way. */
export interface Patience {
  /**
   * Silence after which the user is taken to have finished (ms). Asked again with every silent frame.
   * @param isPreparing a reply is being made that cannot be heard yet: to wait for the user meanwhile costs nothing
   */
  silenceMs(pause: Pause, isPreparing?: boolean): number;
  /** What has been recognised of the utterance up to the pause that goes on now. */
  recognised(transcript: string): void;
  /** How complete an end-of-turn model takes that to be, 0 to 1. It has heard it, so it counts more than the words. */
  judged(completeness: number): void;
  /** The user has gone on after a silence of so long (ms). */
  resumed(pauseMs: number): void;
}

/** A fresh one for each utterance. */
export type PatienceSource = () => Patience;

/** The same silence for everybody and everything. */
export function fixedPatience(silenceMs: number): PatienceSource {
  return () => ({ silenceMs: () => silenceMs, recognised: () => {}, judged: () => {}, resumed: () => {} });
}

/** How long a silence ends what sounds finished, unfinished, or neither (ms). */
export interface AdaptiveSilences {
  readonly finishedMs: number;
  readonly unclearMs: number;
  readonly unfinishedMs: number;
}

/** From here on an end-of-turn model says that the user has finished. */
const COMPLETE = 0.5;

/** A person's pauses within what they say, remembered from turn to turn. */
export interface PauseMemory {
  /** Usual length (ms); undefined before the first. */
  usualMs: number | undefined;
}

/** Share of the newest pause in the average: a dozen of them outweigh the past. Exponential moving average. */
const NEWEST_SHARE = 0.15;

/** So much longer than usual a pause may be without being the end. */
const MARGIN = 1.3;

/**
 * Waits as long as the words so far call for: little after a question, long after "turn on the". What sounds finished
 * waits longer while there is no reply yet that could begin. A person who pauses long is given their time where the
 * words do not decide, never more than what sounds unfinished gets.
 */
export function adaptivePatience(silences: AdaptiveSilences, memory: PauseMemory): PatienceSource {
  const { finishedMs, unclearMs, unfinishedMs } = silences;
  return () => {
    let transcript = '';
    let judgement: Finishedness | undefined;
    return {
      silenceMs: (_pause, isPreparing = false) => {
        switch (judgement ?? finishednessOf(transcript)) {
          case 'finished':
            return isPreparing ? Math.max(finishedMs, unclearMs) : finishedMs;
          case 'unfinished':
            return unfinishedMs;
          case 'unclear':
            return Math.min(unfinishedMs, Math.max(unclearMs, MARGIN * (memory.usualMs ?? 0)));
        }
      },
      recognised: (text) => {
        transcript = text;
      },
      judged: (completeness) => {
        judgement = completeness >= COMPLETE ? 'finished' : 'unfinished';
      },
      resumed: (pauseMs) => {
        transcript = '';
        judgement = undefined;
        // Shorter is a gap between two words; longer is under a held button: nobody was waited for so long.
        if (pauseMs < finishedMs || pauseMs > unfinishedMs) return;
        const { usualMs = pauseMs } = memory;
        memory.usualMs = usualMs + NEWEST_SHARE * (pauseMs - usualMs);
      },
    };
  };
}
