import type { Dialect } from './dialect.js';

/** Says one kind of written thing. */
export interface Rule {
  /** What stands first in all that it says: a letter, or a figure or another mark. */
  readonly begins: 'letter' | 'mark';
  /** Matches where the reading stands. No part of it may match without limit: that keeps the reading's time linear. */
  readonly pattern: RegExp;
  /** The words, without white space around them; undefined when it is something else after all. */
  readonly say: (match: RegExpExecArray, dialect: Dialect) => string | undefined;
}

/**
 * For what begins with a figure or a mark.
 * @param source of a pattern that looks at the text from where the reading stands, and behind it
 */
export const rule = (source: string, say: Rule['say']): Rule => ({
  begins: 'mark',
  pattern: new RegExp(source, 'yu'),
  say,
});

/** The same for what begins with a letter. */
export const wordRule = (source: string, say: Rule['say']): Rule => ({ ...rule(source, say), begins: 'letter' });

/** Words separated by `|`, each also with a capital, as the source of a pattern. */
export const anyCase = (words: string): string =>
  `(?:${words.replace(/(?<=^|\|)\p{Ll}/gu, (letter) => `[${letter.toUpperCase()}${letter}]`)})`;

/** Where something that is not said as it is written can begin: at a word, a figure, a mark. */
const PLACES = /[^\p{L}\p{M}\s]|(?<![\p{L}\p{M}])\p{L}/gu;

const LETTER = /\p{L}/u;
const CONTENT = /^[\p{L}\p{N}]$/u;

/** Reads from left to right; what a rule has spoken for is not read again. Words get white space where they need it. */
export function readAloud(text: string, rules: readonly Rule[], dialect: Dialect): string {
  const forWords = rules.filter(({ begins }) => begins === 'letter');
  const forMarks = rules.filter(({ begins }) => begins === 'mark');
  const spoken: string[] = [];
  let readTo = 0;
  for (let at = nextPlace(text, 0); at < text.length; ) {
    const { words, length } = firstSaid(text, at, LETTER.test(characterAt(text, at)) ? forWords : forMarks, dialect);
    if (words === undefined) {
      at = nextPlace(text, at + length);
      continue;
    }
    const between = text.slice(readTo, at);
    const before = between.at(-1) ?? spoken.at(-1)?.at(-1) ?? '';
    spoken.push(between, /^\p{L}/u.test(words) && /[\p{L}\p{N})\]%”,;:]/u.test(before) ? ` ${words}` : words);
    readTo = at + length;
    if (readTo < text.length && CONTENT.test(characterAt(text, readTo))) spoken.push(' ');
    at = nextPlace(text, readTo);
  }
  spoken.push(text.slice(readTo));
  return spoken.join('');
}

function firstSaid(text: string, at: number, rules: readonly Rule[], dialect: Dialect) {
  for (const { pattern, say } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const words = match?.[0] ? say(match, dialect) : undefined;
    if (match && words !== undefined) return { words, length: match[0].length };
  }
  return { words: undefined, length: characterAt(text, at).length };
}

function nextPlace(text: string, from: number): number {
  PLACES.lastIndex = from;
  return PLACES.exec(text)?.index ?? text.length;
}

const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0);
