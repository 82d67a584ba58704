import type { TimerKind } from '../timers/timer.js';
import type { TimerBook } from '../timers/timerBook.js';
import { capitalised, spokenList } from './spokenList.js';
import { spokenMoment } from './spokenTimers.js';
import type { Surroundings } from './surroundings.js';

/**
 * What the owner was not told of in time, told once: whoever asks which timers are set wants to know of those that were.
 * Ends with a space; '' where nothing was missed.
 */
export async function toldMissed(book: TimerBook, context: Surroundings): Promise<string> {
  const { missed } = book;
  if (missed.length === 0) return '';
  await book.forgetMissed();
  const names = missed.map(({ kind, name, dueMs }) => `${titleOf(kind, name)} of ${spokenMoment(dueMs, context)}`);
  return `${capitalised(`you have missed ${spokenList(names)}`)}. `;
}

function titleOf(kind: TimerKind, name: string | undefined): string {
  return name === undefined ? `the ${kind}` : `the ${name} ${kind}`;
}
