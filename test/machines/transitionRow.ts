/** One transition of the assistant's chart: where it is written, what takes it, where it leads and what it does. */
export interface TransitionRow {
  /** The state that the transition is written in. */
  readonly of: string;
  /** As `statechartTransitions` names it, with a turn failure's reason where the guard asks for it. */
  readonly event: string;
  readonly guard?: string;
  /** The state without substates that it is taken from; default: `of`. */
  readonly from?: string;
  /** What happens first, so that the guard decides this way. */
  readonly given?: string;
  readonly to: string;
  /** What it does, in order. */
  readonly does?: readonly string[];
}

export const begins = (source: string) => ['turn-1 has started', `turn-1 runs (${source})`];
export const ends = (outcome: string) => ['turn-1 is stopped', `turn-1 has ended: ${outcome}`];
export const committed = ['turn-1 is told to commit'];
export const resumed = ['turn-1 is told to resume'];
/** The next turn takes the place of the first. */
export const replaces = (source: string) => [
  'turn-1 is stopped',
  'turn-1 has ended: stopped',
  'turn-2 has started',
  `turn-2 runs (${source})`,
];

/** The first turn is over, and the next one listens whether the user goes on. */
export const followsUp = (outcome: string) => [...ends(outcome), 'turn-2 has started', 'turn-2 runs (followUp)'];

export const idle = 'turn.idle.ready';
export const failed = 'turn.idle.failed';
export const muted = 'turn.muted';
export const thinking = 'turn.thinking.patient';
export const playing = 'turn.speaking.playing';
export const verifying = 'turn.speaking.verifyingInterruption';
export const conversation = 'turn.conversation';
export const listening = 'turn.listening.speech.waitingForSpeech';
export const held = 'turn.listening.button.held';
export const hearing = 'turn.listening.speech.hearing';
export const pausing = 'turn.listening.speech.pausing';

/** The same of the second turn. */
export function second(log: readonly string[]): string[] {
  return log.map((line) => line.replaceAll('turn-2', 'turn-3').replaceAll('turn-1', 'turn-2'));
}
