import type { TurnRow } from '../protocol.js';

const OUTCOMES: Readonly<Record<NonNullable<TurnRow['outcome']>, string>> = {
  replied: 'Answered',
  nothingHeard: 'Nothing heard',
  stopped: 'Stopped',
  silenced: 'Silenced',
  microphoneLost: 'Microphone lost',
  speakerLost: 'Speaker lost',
  recognizerFailed: 'Recognition failed',
  voiceFailed: 'Voice failed',
  skillFailed: 'Skill failed',
  timedOut: 'Took too long',
  internal: 'Internal error',
};

const SOURCES: Readonly<Record<TurnRow['source'], string>> = {
  button: 'button',
  wakeWord: 'wake word',
  followUp: 'follow-up',
  interruption: 'interruption',
  repeat: 'repeated',
  typed: 'typed',
  say: 'announcement',
};

/** How a turn ended, in words. */
export function outcomeInWords({ outcome, interrupted }: TurnRow): string {
  if (outcome === null) return 'No outcome';
  return outcome === 'stopped' && interrupted ? 'Interrupted' : (OUTCOMES[outcome] ?? outcome);
}

/** It ended as nobody wished. */
export function hasFailed({ outcome }: TurnRow): boolean {
  return outcome !== null && !['replied', 'stopped', 'silenced', 'nothingHeard'].includes(outcome);
}

/** How it began, in words. */
export function sourceInWords(source: TurnRow['source']): string {
  return SOURCES[source] ?? source;
}

/** Who answered, in words; empty: nobody. */
export function routeInWords(route: string | null): string {
  if (route === null) return '';
  if (route === 'llm') return 'language model';
  return route === 'offline' ? 'no model' : route.replace(/^intent:/, '');
}
