import { adaptivePatience, fixedPatience, type PatienceSource } from '../speech/endpointing/patience.js';
import type { Ears } from '../turn/listen.js';
import type { TurnPolicy } from './turnPolicies.js';

/** Says of a pause whether the user has finished: from the sound, or from the words as soon as they are recognised. */
export type EndOfTurnJudge =
  | { readonly name: string; readonly fromSound: () => Promise<boolean> }
  | { readonly name: string; readonly fromWords: (transcript: string) => boolean };

/** Gap between two words that is not yet a pause (ms), as in the appliance. */
const HANG_OVER_MS = 96;

/** The same ears as a policy uses them. */
export function policyEars({ vad, recognizer, hearing }: Ears, policy: TurnPolicy, judge: EndOfTurnJudge): Ears {
  const hangOverMs = policyHangOverMs(policy);
  const { recognition } = policy;
  return { vad, recognizer, hearing: { ...hearing, hangOverMs }, patience: policyPatience(policy, judge), recognition };
}

/** Silence from which on a policy works on a pause (ms). */
export function policyHangOverMs({ pauseMs = HANG_OVER_MS }: TurnPolicy): number {
  return pauseMs;
}

/** How long a silence ends what the user says. Nothing is known of this user yet. */
export function policyPatience(policy: TurnPolicy, judge: EndOfTurnJudge): PatienceSource {
  const { silenceMs, minDelayMs = 0, endOfTurn } = policy;
  if (typeof silenceMs !== 'number') return adaptivePatience(silenceMs, { usualMs: undefined });
  const stopMs = Math.max(silenceMs, minDelayMs);
  return endOfTurn ? judgedPatience(stopMs, endOfTurn.incompleteMs, judge) : fixedPatience(stopMs);
}

/** Asks once a pause, after `stopMs`, and waits for the verdict; after "not all" it waits for `incompleteMs` of silence. */
function judgedPatience(stopMs: number, incompleteMs: number, judge: EndOfTurnJudge): PatienceSource {
  return () => {
    /** A verdict that comes when the user has gone on is for nobody. */
    let pause: { complete?: boolean } | undefined;
    const ask = () => {
      const asked: { complete?: boolean } = {};
      if ('fromSound' in judge) {
        judge.fromSound().then(
          (complete) => {
            asked.complete = complete;
          },
          () => {
            asked.complete = false; // a judge that fails is waited for no longer than one who says no
          },
        );
      }
      return asked;
    };
    return {
      silenceMs: ({ pauseMs }) => {
        if (pauseMs < stopMs) return stopMs;
        pause ??= ask();
        return pause.complete === true ? stopMs : incompleteMs;
      },
      recognised: (transcript) => {
        if ('fromWords' in judge) pause = { complete: judge.fromWords(transcript) };
      },
      judged: () => {}, // the policy has a judge of its own
      resumed: () => {
        pause = undefined;
      },
    };
  };
}
