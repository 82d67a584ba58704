import { countOf, numberOf } from './numberOf.js';

const SECONDS: readonly (readonly [RegExp, number])[] = [
  [/^weeks?$/, 604_800],
  [/^days?$/, 86_400],
  [/^(?:hours?|hrs?|h)$/, 3600],
  [/^(?:minutes?|mins?|m)$/, 60],
  [/^(?:seconds?|secs?|s)$/, 1],
];

/** What a number without a unit behind a unit counts: "one hour twenty", "five minutes thirty". */
const NEXT_UNIT: ReadonlyMap<number, number> = new Map([
  [3600, 60],
  [60, 1],
]);

/**
 * The duration that a text says and nothing else, in seconds: "ten minutes", "an hour and a half", "1 hour 20", "three
 * quarters of an hour", "90s". Zero and negative ones are durations too, for whoever asks for them to be told.
 */
export function durationOf(text: string): number | undefined {
  const words = text.replaceAll(/(?<![\w])(\d+)(?=(?:h|hrs?|m|mins?|s|secs?)\b)/g, '$1 ').split(' ');
  let totalS = 0;
  let unitS = Infinity;
  let pending: string[] = [];
  for (const word of words) {
    const nextS = unitOf(word);
    if (nextS === undefined) {
      pending.push(word);
      continue;
    }
    const count = pending.length === 0 ? undefined : countOf(countWords(pending, unitS !== Infinity));
    if (count === undefined || nextS >= unitS) return undefined;
    totalS += count * nextS;
    unitS = nextS;
    pending = [];
  }
  if (unitS === Infinity) return undefined;
  const restS = pending.length === 0 ? 0 : restOf(pending, unitS);
  return restS === undefined ? undefined : Math.round((totalS + restS) * 1000) / 1000;
}

function unitOf(word: string): number | undefined {
  return SECONDS.find(([name]) => name.test(word))?.[1];
}

/** "half an", "three quarters of an" and "and twenty" as numbers. */
function countWords(pending: readonly string[], isFurther: boolean): string {
  const words = isFurther && pending[0] === 'and' ? pending.slice(1) : pending;
  return words
    .join(' ')
    .replace(/^(.*\b(?:half|thirds?|quarters?))(?: of)? (?:an?|one)$/, '$1')
    .replace(/^(.*\b(?:couple|dozen)) of$/, '$1');
}

/** What follows the last unit: "and a half" of it, or a number of the next smaller one. */
function restOf(pending: readonly string[], unitS: number): number | undefined {
  const text = pending.join(' ');
  const and = /^and (.+)$/.exec(text)?.[1];
  if (and !== undefined) {
    const part = numberOf(and);
    return part !== undefined && part > 0 && part < 1 ? part * unitS : undefined;
  }
  const nextS = NEXT_UNIT.get(unitS);
  const count = numberOf(text);
  return nextS === undefined || count === undefined || !(count >= 1 && count < 60) ? undefined : count * nextS;
}
