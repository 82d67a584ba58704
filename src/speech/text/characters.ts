/** What a character means at the end of a sentence. All sets hold single code points. */

/** Full stops that have other work too: decimals, abbreviations, addresses. */
const stops = new Set('.．');

/** Marks that trail off. */
const ellipses = new Set('…⋯');

/** Marks that end a sentence and do little else. */
const exclamations = new Set('!?！？؟⁇⁈⁉‼⸮\u037e');

/** Full stops of scripts that have a mark for it: CJK, Devanagari, Urdu, Burmese, Khmer, Ethiopic, Armenian, Tibetan. */
const fullStops = new Set('。｡।॥۔။៕។።፧։།');

/** How a terminator is judged. From weak to strong: a run of several takes the strongest. */
export type Terminator = 'stop' | 'ellipsis' | 'exclamation' | 'fullStop';

const byCharacter = new Map<string, Terminator>([
  ...[...stops].map((ch) => [ch, 'stop'] as const),
  ...[...ellipses].map((ch) => [ch, 'ellipsis'] as const),
  ...[...exclamations].map((ch) => [ch, 'exclamation'] as const),
  ...[...fullStops].map((ch) => [ch, 'fullStop'] as const),
]);

/** The kind of terminator, or undefined. `previous` is the character before: Greek asks with a semicolon. */
export function terminator(ch: string, previous: string): Terminator | undefined {
  if (ch === ';' && /\p{Script=Greek}/u.test(previous)) return 'exclamation';
  return byCharacter.get(ch);
}

const lineBreaks = new Set('\n\u2028\u2029');
export const isLineBreak = (ch: string): boolean => lineBreaks.has(ch);

export const isSpace = (ch: string): boolean =>
  ch <= '\x7f' ? ch === ' ' || (ch >= '\t' && ch <= '\r') : /\s/u.test(ch);

/** Letters, digits and pictures: what makes a chunk more than punctuation. */
export const isContent = (ch: string): boolean =>
  ch <= '\x7f' ? /[A-Za-z0-9]/.test(ch) : /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(ch);

/** Marks that attach to the character before: accents, variation selectors, joiners, skin tones, keycaps. */
export const isAttached = (ch: string): boolean => ch > '\x7f' && /\p{M}|\u200D|[\u{1F3FB}-\u{1F3FF}]/u.test(ch);

/** Pictures; a picture directly after a terminator belongs to that sentence. */
export const isPicture = (ch: string): boolean => ch > '\x7f' && /[\p{Extended_Pictographic}]/u.test(ch);

/** Brackets and quotes that only close. Quotes that open elsewhere («, “, ") are told apart by `OpenMarks`. */
export const closingBrackets = new Set(')]}）］】〕〉》」』｣');
export const openingBrackets = new Set('([{（［【〔〈《「『｢');

/** Markdown emphasis: transparent before and after a terminator. */
export const emphasis = new Set('*_~');

/** What may stand before the first letter of a sentence. */
export const openers = new Set([...openingBrackets, ...emphasis, ...'"\'“‘„‚«»‹›¿¡—–-−#>•']);

export const dashes = new Set('—–-−');
