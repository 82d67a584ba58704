import { finishednessOf } from '../speech/endpointing/finishedness.js';
import type { BenchedTurn } from './benchedAssistant.js';
import { Contestant, type ContestOptions } from './contestant.js';
import type { EndOfTurnJudge } from './policyEars.js';
import type { RecordedUtterance } from './recordedUtterance.js';
import { simulatedReply } from './sim/simulatedReplies.js';
import { ThreadStalls } from './threadStalls.js';
import { type PolicyFigures, policyFigures } from './turnFigures.js';
import type { TurnPolicyName } from './turnPolicies.js';

export interface TurnBenchOptions extends Omit<ContestOptions, 'judge'> {
  readonly policies: readonly TurnPolicyName[];
  /** A turn of each policy for each of them. */
  readonly utterances: readonly RecordedUtterance[];
  /** Decides what the model replies. */
  readonly seed: number;
  /** The end-of-turn model of the policies that have one. Default: `wordsJudge`. */
  readonly judge?: EndOfTurnJudge;
  readonly signal: AbortSignal;
  readonly onTurn?: (policy: TurnPolicyName, turn: number) => void;
}

/** A turn and what was said in it. */
export interface RecordedTurn extends Omit<BenchedTurn, 'heardReply'> {
  readonly policy: TurnPolicyName;
  /** From 1. */
  readonly turn: number;
  readonly recording: string;
  /** Lengths of the pauses that were put into the recording (ms). */
  readonly pausesMs: readonly number[];
}

export interface TurnBenchResult {
  readonly policies: Partial<Record<TurnPolicyName, PolicyFigures>>;
  /** What judged the pauses for the policies that ask an end-of-turn model. */
  readonly endOfTurn: string;
  /** How late the main thread's timers were in 99 of 100 cases, in Pressel's turns (ms). */
  readonly mainThreadStallP99Ms: number | null;
  readonly turns: readonly RecordedTurn[];
}

/** Where there is no end-of-turn model: what does not sound unfinished is finished. */
export const wordsJudge: EndOfTurnJudge = {
  name: "the words of the transcript, in place of a model that hears the speaker's tone",
  fromWords: (transcript) => finishednessOf(transcript) !== 'unfinished',
};

/**
 * The same utterances, the same replies and the same voice under each policy, in real time and in turns: one of each, then
 * the next, so that a noisy machine is noisy for all.
 * @throws what a turn fails with; the signal's reason
 */
export async function benchTurn(options: TurnBenchOptions): Promise<TurnBenchResult> {
  const { policies, utterances, seed, voice, ears, signal, judge = wordsJudge } = options;
  await Promise.all([ears.vad.warmUp(signal), ears.recognizer.warmUp(signal), voice.warmUp(signal)]);
  const contestants: Contestant[] = [];
  const stalls = new ThreadStalls();
  const turns: RecordedTurn[] = [];
  let reply = simulatedReply('', seed);
  const stop = () => {
    for (const contestant of contestants) contestant.stop();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (const policy of policies) {
      signal.throwIfAborted();
      contestants.push(await Contestant.open(policy, () => reply, { ...options, judge }));
    }
    for (const [i, utterance] of utterances.entries()) {
      reply = simulatedReply(`turn ${i}`, seed);
      for (const contestant of rotated(contestants, i)) {
        signal.throwIfAborted();
        options.onTurn?.(contestant.policy, i);
        if (contestant.policy === 'pressel') stalls.watch();
        const { heardReply: _same, ...turn } = await contestant.turn(utterance);
        stalls.pause();
        const pausesMs = utterance.pauses.map(({ startMs, endMs }) => endMs - startMs);
        turns.push({ policy: contestant.policy, turn: i + 1, recording: utterance.name, pausesMs, ...turn });
      }
    }
    const figures = contestants.map(({ policy, tokens }) => [
      policy,
      policyFigures(
        turns.filter((turn) => turn.policy === policy),
        tokens,
      ),
    ]);
    return {
      policies: Object.fromEntries(figures),
      endOfTurn: judge.name,
      mainThreadStallP99Ms: stalls.p99Ms,
      turns,
    };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    stalls.pause();
    await Promise.all(contestants.map((contestant) => contestant.close()));
  }
}

/** From another beginning each time: nobody always comes after the same neighbour's leftovers. */
function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const from = by % Math.max(1, items.length);
  return [...items.slice(from), ...items.slice(0, from)];
}
