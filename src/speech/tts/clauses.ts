import { pauseMarks } from './pauseMarks.js';

/** A part of a text that is synthesised in one go. */
export interface Clause {
  readonly text: string;
  /** What ends it: a sentence's end, a pause within the sentence, or no mark: it was cut, or the text ends there. */
  readonly ends: 'sentence' | 'clause' | 'cut';
}

/** How small and how large a clause may be. */
export interface ClauseLimits {
  /** A clause of fewer words than this ... */
  readonly minWords: number;
  /** ... and fewer letters and digits than this sounds clipped when spoken on its own, and is joined to the next. */
  readonly minLetters: number;
  /** No clause has more characters: bounds the memory and the time of one synthesis. */
  readonly maxCharacters: number;
}

export const CLAUSE_LIMITS = { minWords: 3, minLetters: 12, maxCharacters: 200 } as const satisfies ClauseLimits;

/** A stretch of the text, as indices. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly ends: Clause['ends'];
}

/**
 * Splits `text` where a speaker would pause, so that the first part can be heard while the rest is being made. Nothing
 * is lost: the parts joined are the text but for white space. Empty when there is no letter and no digit to speak.
 * What has no pause within `maxCharacters` is cut at a space; a longer word is cut too, nobody can follow it by ear.
 */
export function splitClauses(text: string, limits: ClauseLimits = CLAUSE_LIMITS): Clause[] {
  if (!isSpeakable(text)) return [];
  return joinShort(text, betweenPauses(text), limits)
    .map(({ from, to, ends }) => ({ text: text.slice(from, to).trim(), ends }))
    .flatMap((clause) => cut(clause, limits.maxCharacters));
}

/** Whether `text` has a letter or a digit. */
export function isSpeakable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function betweenPauses(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const { end, kind } of pauseMarks(text)) {
    stretches.push({ from, to: end, ends: kind });
    from = end;
  }
  if (text.slice(from).trim() !== '') stretches.push({ from, to: text.length, ends: 'cut' });
  return stretches;
}

/** Joins what is too short to the next stretch; the short end of a sentence (", please.") to what it belongs to. */
function joinShort(text: string, stretches: readonly Stretch[], limits: ClauseLimits): Stretch[] {
  const joined: Stretch[] = [];
  for (const next of stretches) {
    const last = joined.at(-1);
    if (last && next.to - last.from <= limits.maxCharacters && belongTogether(last, next)) {
      joined[joined.length - 1] = { from: last.from, to: next.to, ends: next.ends };
    } else {
      joined.push(next);
    }
  }
  return joined;

  function belongTogether(last: Stretch, next: Stretch): boolean {
    const content = text.slice(next.from, next.to);
    if (isShort(text.slice(last.from, last.to), limits) || !isSpeakable(content)) return true;
    const closes = next.ends === 'sentence' || next === stretches.at(-1);
    return closes && last.ends !== 'sentence' && isShort(content, limits);
  }
}

function isShort(text: string, limits: ClauseLimits): boolean {
  const words = text.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return words < limits.minWords && letters < limits.minLetters;
}

/** Cuts into parts of about equal length, so that no scrap is left over at the end. */
function cut(clause: Clause, maxCharacters: number): Clause[] {
  const parts: Clause[] = [];
  let rest = clause.text;
  while (rest.length > maxCharacters) {
    const wanted = Math.ceil(rest.length / Math.ceil(rest.length / maxCharacters));
    const at = spaceNear(rest, wanted, maxCharacters) ?? wordCut(rest, maxCharacters);
    parts.push({ text: rest.slice(0, at).trim(), ends: 'cut' });
    rest = rest.slice(at).trim();
  }
  if (rest !== '') parts.push({ text: rest, ends: clause.ends });
  return parts;
}

function spaceNear(text: string, wanted: number, limit: number): number | undefined {
  let best: number | undefined;
  for (const { index } of text.slice(0, limit + 1).matchAll(/\s/gu)) {
    if (index > 0 && (best === undefined || Math.abs(index - wanted) < Math.abs(best - wanted))) best = index;
  }
  return best;
}

/** A cut inside a word, not inside a surrogate pair. */
function wordCut(text: string, at: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && at > 1 ? at - 1 : at;
}
