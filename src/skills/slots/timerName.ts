import { clockTimeOf } from './clockTimeOf.js';
import { durationOf } from './durationOf.js';
import { numberOf } from './numberOf.js';
import { asksToRepeat } from './repetition.js';

const MAX_WORDS = 4;
/** More do not describe a timer, and each is a place where the duration may end. */
const MAX_DESCRIPTION_WORDS = 16;

/** Words of a sentence that says something else. */
const NO_NAME =
  /\b(?:timers?|alarms?|clock|for|to|at|in|on|of|that|which|when|if|and|or|is|are|it|me|you|i|minutes?|hours?|seconds?|every|each|all|no|not|good|bad|new|because|until|before|after|so|like|with|without|from|about)\b/;

/** What a timer is called, without "my" and "the"; undefined where it is no name. */
export function timerNameOf(text: string): string | undefined {
  const name = text.replace(/^(?:the|my|our|a|an) /, '');
  const isName =
    name !== '' &&
    name.split(' ').length <= MAX_WORDS &&
    !NO_NAME.test(name) &&
    !asksToRepeat(name) &&
    numberOf(name) === undefined;
  return isName && durationOf(name) === undefined && clockTimeOf(name) === undefined ? name : undefined;
}

/** What tells a timer from others. */
export interface DescribedTimer {
  readonly name?: string;
  readonly seconds?: number;
}

/** "ten minute pasta", "pasta", "ten minute", "" or "pasta 10 minute". */
export function describedTimerOf(text: string): DescribedTimer | undefined {
  if (text === '') return {};
  const name = timerNameOf(text);
  if (name !== undefined) return { name };
  const words = text.split(' ');
  if (words.length > MAX_DESCRIPTION_WORDS) return undefined;
  for (let split = words.length; split > 0; split--) {
    const [before, behind] = [words.slice(0, split).join(' '), words.slice(split).join(' ')];
    const found = pairOf(before, behind) ?? pairOf(behind, before);
    if (found) return found;
  }
  return undefined;
}

function pairOf(duration: string, name: string): DescribedTimer | undefined {
  const seconds = durationOf(duration);
  if (seconds === undefined) return undefined;
  if (name === '') return { seconds };
  const called = timerNameOf(name);
  return called === undefined ? undefined : { seconds, name: called };
}
