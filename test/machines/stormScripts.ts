import type { AssistantCommand, TurnFailure, TurnReport } from '../../machines/assistantEvents.js';
import { type SeededNumbers, wholeBetween } from '../../src/bench/sim/seededNumbers.js';

/** How far a turn is, by its own account. */
export type TurnPhase = 'quiet' | 'speech' | 'pause' | 'waits' | 'thinks' | 'speaks' | 'doubts' | 'over';

/** What may be next, how often in comparison, and what phase it leads to. */
type Script = Readonly<Record<TurnPhase, readonly (readonly [weight: number, TurnReport['type'], TurnPhase])[]>>;

/** What turns report in which order. `waits`: for its commit. */
export const STORMY: Script = {
  quiet: [
    [8, 'turn.speechStarted', 'speech'],
    [2, 'turn.nothingHeard', 'over'],
    [1, 'turn.failed', 'over'],
  ],
  speech: [
    [3, 'transcript.partial', 'speech'],
    [4, 'turn.paused', 'pause'],
    [2, 'turn.endpoint', 'waits'],
    [1, 'turn.nothingHeard', 'over'],
    [0.3, 'turn.failed', 'over'],
  ],
  pause: [
    [2, 'transcript.partial', 'pause'],
    [3, 'turn.resumed', 'speech'],
    [4, 'turn.endpoint', 'waits'],
    [0.3, 'turn.failed', 'over'],
  ],
  waits: [[1, 'turn.failed', 'over']],
  thinks: [
    [8, 'turn.audible', 'speaks'],
    [2, 'turn.reopened', 'speech'],
    [1, 'turn.modelAnswered', 'thinks'],
    [1, 'turn.modelFailed', 'thinks'],
    [0.5, 'turn.nothingHeard', 'over'],
    [0.5, 'turn.farewell', 'over'],
    [0.5, 'turn.silenced', 'over'],
    [0.5, 'turn.replyEnded', 'over'],
    [0.5, 'turn.failed', 'over'],
  ],
  speaks: [
    [8, 'turn.interjected', 'doubts'],
    [1, 'turn.interrupted', 'over'],
    [3, 'turn.replyEnded', 'over'],
    [0.5, 'turn.modelFailed', 'speaks'],
    [0.5, 'turn.interjectionOver', 'speaks'],
    [0.5, 'turn.failed', 'over'],
  ],
  doubts: [
    [4, 'turn.interjectionOver', 'speaks'],
    [3, 'turn.interrupted', 'over'],
    [1, 'turn.interjected', 'doubts'],
    [1, 'turn.replyEnded', 'over'],
    [0.5, 'turn.failed', 'over'],
  ],
  over: [],
};

/** Turns of a user who says nothing any more, while all services work. */
export const CALM: Script = {
  quiet: [[1, 'turn.nothingHeard', 'over']],
  speech: [[1, 'turn.endpoint', 'waits']],
  pause: [[1, 'turn.endpoint', 'waits']],
  waits: [],
  thinks: [[1, 'turn.audible', 'speaks']],
  speaks: [[1, 'turn.replyEnded', 'over']],
  doubts: [[1, 'turn.interjectionOver', 'speaks']],
  over: [],
};

/** Reports out of order that mean nothing: late ones, and ones that a driver repeats. */
const STRAY = [
  'turn.speechStarted',
  'turn.paused',
  'turn.resumed',
  'transcript.partial',
  'turn.interjectionOver',
  'turn.modelAnswered',
  'turn.modelFailed',
] as const satisfies TurnReport['type'][];

const OUTSIDE: readonly (readonly [number, AssistantCommand['type']])[] = [
  [8, 'button.pressed'],
  [4, 'button.tapped'],
  [4, 'button.released'],
  [1, 'button.doubleTapped'],
  [0.5, 'button.longPressed'],
  [3, 'wake.detected'],
  [6, 'ask'],
  [2, 'say'],
  [1, 'cancel'],
  [0.5, 'mute'],
  [3, 'unmute'],
  [2, 'bell.rings'],
  [1, 'bell.stopped'],
  [1, 'microphone.lost'],
  [1, 'speaker.lost'],
];

const FAILURES: readonly TurnFailure[] = [
  'microphoneLost',
  'speakerLost',
  'recognizerFailed',
  'voiceFailed',
  'skillFailed',
  'timedOut',
  'internal',
];

/** One in so many reports is a stray one. */
const STRAY_EVERY = 20;

/** What comes next for a turn in `phase`; undefined when it has nothing more to say by itself. */
export function nextReport(
  script: Script,
  phase: TurnPhase,
  random: SeededNumbers,
): { readonly report: TurnReport; readonly phase: TurnPhase } | undefined {
  const isStray = script === STORMY && phase !== 'over' && random() * STRAY_EVERY < 1;
  if (isStray) return { report: reportOf(oneOf(STRAY, random), random), phase };
  const next = weighed(script[phase], random);
  return next && { report: reportOf(next[1], random), phase: next[2] };
}

/** What somebody outside does. */
export function nextCommand(random: SeededNumbers): AssistantCommand {
  const type = weighed(OUTSIDE, random)?.[1] ?? 'cancel';
  switch (type) {
    case 'wake.detected':
      return { type, word: 'pressel', wordEndAtMs: 0 };
    case 'ask':
      return { type, question: 'how far is the moon?' };
    case 'say':
      return { type, text: 'the washing is done' };
    case 'microphone.lost':
    case 'speaker.lost':
      return { type, error: new Error('unplugged') };
    default:
      return { type };
  }
}

/** In tenths of a second, so that things often happen at the same moment. Infinite: it hangs. */
export function nextLatencyMs(random: SeededNumbers): number {
  const kind = random();
  if (kind < 0.6) return 100 * wholeBetween(random, 0, 8);
  if (kind < 0.93) return 100 * wholeBetween(random, 0, 40);
  if (kind < 0.97) return 100 * wholeBetween(random, 0, 1_300);
  return Number.POSITIVE_INFINITY;
}

function reportOf(type: TurnReport['type'], random: SeededNumbers): TurnReport {
  switch (type) {
    case 'turn.failed':
      return { type, reason: oneOf(FAILURES, random) };
    case 'turn.interrupted':
      return { type, sinceMs: 0 };
    case 'turn.replyEnded':
      return { type, asks: random() < 0.3 };
    case 'transcript.partial':
      return { type, text: 'turn on the', stable: 'turn on' };
    default:
      return { type };
  }
}

function oneOf<Item>(items: readonly Item[], random: SeededNumbers): Item {
  const item = items[wholeBetween(random, 0, items.length - 1)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}

function weighed<Choice extends readonly [number, ...unknown[]]>(
  choices: readonly Choice[],
  random: SeededNumbers,
): Choice | undefined {
  let left = random() * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const choice of choices) {
    left -= choice[0];
    if (left < 0) return choice;
  }
  return undefined;
}
