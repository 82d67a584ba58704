import type { StateId } from '../protocol.js';

/** How it is: "rest" calls for nothing, "busy" is a turn, "attention" wants the owner. */
export type StatusTone = 'rest' | 'busy' | 'attention';

export interface Status {
  readonly text: string;
  readonly tone: StatusTone;
}

type Words = readonly [state: StateId, text: string, tone: StatusTone];

/** What the turn does, the more exact state first. */
const TURN_WORDS: readonly Words[] = [
  ['turn.starting.opening', 'Opening microphone and speaker', 'busy'],
  ['turn.starting.loading', 'Loading its models', 'busy'],
  ['turn.starting.warming', 'Warming up', 'busy'],
  ['turn.starting.retrying', 'Could not start, tries again', 'attention'],
  ['turn.starting', 'Starting', 'busy'],
  ['turn.idle.failed', 'The last turn failed', 'attention'],
  ['turn.idle', 'Ready', 'rest'],
  ['turn.listening.speech.waitingForSpeech', 'Listening', 'busy'],
  ['turn.listening.speech.hearing', 'Hearing you', 'busy'],
  ['turn.listening.speech.pausing', 'Hearing a pause', 'busy'],
  ['turn.listening', 'Listening', 'busy'],
  ['turn.thinking', 'Thinking', 'busy'],
  ['turn.speaking.verifyingInterruption', 'Speaking softly: was that you?', 'busy'],
  ['turn.speaking', 'Speaking', 'busy'],
  ['turn.conversation', 'Listening for more', 'busy'],
  ['turn.muted', 'Muted', 'rest'],
];

/** What else is to be known. */
const BESIDE_WORDS: readonly Words[] = [
  ['bell.ringing', 'ringing', 'busy'],
  ['microphone.lost', 'no microphone', 'attention'],
  ['microphone.reopening', 'no microphone', 'attention'],
  ['speaker.lost', 'no speaker', 'attention'],
  ['speaker.reopening', 'no speaker', 'attention'],
  ['model.warming', 'model warming up', 'busy'],
  ['model.unreachable', 'no language model', 'attention'],
];

/** What the assistant does now, in words, and what is wrong: "Ready, no microphone". */
export function statusInWords(active: readonly StateId[]): Status {
  const turn = TURN_WORDS.find(([state]) => isActive(state, active));
  const besides = BESIDE_WORDS.filter(([state]) => isActive(state, active));
  const tones = [turn, ...besides].map((words) => words?.[2]);
  return {
    text: [turn?.[1] ?? 'Not known yet', ...besides.map(([, text]) => text)].join(', '),
    tone: tones.includes('attention') ? 'attention' : (turn?.[2] ?? 'rest'),
  };
}

/** Whether `state`, or one within it, is among the active ones. */
export function isActive(state: StateId, active: readonly StateId[]): boolean {
  return active.some((id) => id === state || id.startsWith(`${state}.`));
}
