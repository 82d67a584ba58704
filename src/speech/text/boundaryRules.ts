import { type AbbreviationKind, abbreviationKind } from './abbreviations.js';
import { dashes, emphasis, isSpace, openers, type Terminator } from './characters.js';
import {
  afterClock,
  labels,
  months,
  nameLeads,
  nameParticles,
  ordinalLeads,
  sentenceStarters,
  sounds,
} from './sentenceWords.js';
import type { WordSet } from './wordSet.js';

/** A terminator, what stands before it, and what of the following text cannot change. */
export interface Ending {
  readonly terminator: Terminator;
  /** The word that carries the terminator, as written; empty if white space stands before. */
  readonly word: string;
  /** The two words before that one, the nearer first; empty where the chunk began. */
  readonly previous: readonly [string, string];
  /** No letter or digit stands before the word in its line, or in its chunk. */
  readonly firstInLine: boolean;
  readonly firstInChunk: boolean;
  /** A closing quote or bracket follows the terminator. */
  readonly closed: boolean;
  /** What closes it is a round or square bracket that was opened within the sentence. */
  readonly aside: boolean;
  /** White space follows. */
  readonly spaced: boolean;
  /** The last number that counted an item, 0 before any. */
  readonly lastItem: number;
}

/** `part`: what was looked at belongs to the ending (a footnote mark); look further. */
export type Verdict = 'end' | 'goesOn' | 'unclear' | 'part';

/** The text after an ending as far as it has arrived, its first letter found behind brackets and quotes. */
interface Following {
  readonly kind: 'none' | 'lower' | 'upper' | 'digit' | 'uncased' | 'mark';
  readonly openers: string;
  readonly word: string;
  readonly wordIsWhole: boolean;
  readonly rest: string;
}

type Rule = Verdict | ((ending: Ending, following: Following) => Verdict);
type StopKind = 'ordinary' | 'item' | 'ordinal' | 'initial' | 'letter' | AbbreviationKind;

/** The table: what a full stop after such a word means before a small letter, a capital, a figure. */
const afterStop: Record<StopKind, { lower: Rule; upper: Rule; digit: Rule }> = {
  ordinary: { lower: 'end', upper: 'end', digit: 'end' },
  item: { lower: 'goesOn', upper: 'goesOn', digit: 'goesOn' },
  ordinal: { lower: 'goesOn', upper: ordinalBeforeCapital, digit: 'end' },
  initial: { lower: 'goesOn', upper: initialBeforeCapital, digit: 'end' },
  letter: { lower: 'goesOn', upper: letterBeforeCapital, digit: 'goesOn' },
  title: { lower: 'goesOn', upper: 'goesOn', digit: 'goesOn' },
  leadIn: { lower: 'goesOn', upper: 'goesOn', digit: 'goesOn' },
  nameLike: { lower: 'goesOn', upper: beforeName, digit: 'end' },
  acronym: { lower: 'goesOn', upper: unless(sentenceStarters), digit: 'end' },
  trailing: { lower: 'goesOn', upper: 'end', digit: 'end' },
  clock: { lower: 'goesOn', upper: onlyIf(afterClock), digit: 'end' },
  measured: { lower: 'goesOn', upper: 'end', digit: 'goesOn' },
  numbered: { lower: 'end', upper: 'end', digit: 'goesOn' },
};

/** Whether the sentence ends, given `next`: what follows the ending up to now; `whole`: a space follows that. */
export function judge(ending: Ending, next: string, whole: boolean): Verdict {
  return ending.spaced ? judgeSpaced(ending, next, whole) : judgeGlued(ending, next, whole);
}

/** Whether a sentence has certainly ended although nothing has followed yet. */
export function isUnambiguous(ending: Ending): boolean {
  if (ending.terminator !== 'stop') return ending.terminator !== 'ellipsis' && !isAddress(ending.word);
  return stopKind(ending) === 'ordinary' && /^\p{L}{2,}$/u.test(bare(ending.word));
}

function judgeSpaced(ending: Ending, next: string, whole: boolean): Verdict {
  const following = lookAhead(next, whole);
  const { kind } = following;
  const strong = ending.terminator === 'exclamation' || ending.terminator === 'fullStop';
  const stop = ending.terminator === 'stop' ? stopKind(ending) : undefined;
  if (/^[,;]/.test(next)) return 'goesOn';
  if ((strong || stop === 'ordinary') && !ending.closed && !startsWithDash(next)) return 'end';
  if (kind === 'none' && !whole) return 'unclear';
  if (stop !== undefined && stop !== 'ordinary') {
    const column = kind === 'lower' || kind === 'digit' ? kind : 'upper';
    const rule = afterStop[stop][column];
    return typeof rule === 'string' ? rule : rule(ending, following);
  }
  // Behind a closing quote, after a dash or an ellipsis, a small letter continues the sentence: "Really?" she asked.
  if (kind === 'lower') return 'goesOn';
  return kind === 'digit' && ending.terminator === 'ellipsis' ? 'goesOn' : 'end';
}

function judgeGlued(ending: Ending, next: string, whole: boolean): Verdict {
  if (/^\[\^?\d{0,3}\]?$/.test(next)) return next.endsWith(']') ? 'part' : whole ? 'goesOn' : 'unclear';
  if (ending.terminator === 'fullStop') return continuesQuotation(ending, next, whole);
  if (ending.word === '' || isAddress(ending.word)) return 'goesOn';
  const following = lookAhead(next, whole);
  if (following.kind === 'uncased') {
    if (ending.terminator === 'exclamation') return continuesQuotation(ending, next, whole);
    return /\p{Lo}$/u.test(ending.word) ? 'end' : 'goesOn';
  }
  if (ending.terminator !== 'stop') {
    if (following.kind === 'none' && !whole) return 'unclear';
    return following.kind === 'upper' && !/^[[—–-]/.test(following.openers) ? 'end' : 'goesOn';
  }
  if (following.kind !== 'upper' || following.openers !== '') return 'goesOn';
  return gluedCapital(ending, following);
}

/** "It works.Then": a capital glued to a stop begins a sentence if both sides are plain words, not names of code. */
function gluedCapital(ending: Ending, { word, wordIsWhole, rest }: Following): Verdict {
  const before = bare(ending.word);
  const kind = stopKind(ending);
  const isWord = /^(?:\p{L}*\p{Ll}{2}|\d+)$/u.test(before) && (kind === 'ordinary' || kind === 'ordinal');
  if (!isWord || !/^\p{Lu}\p{Ll}*$/u.test(word)) return 'goesOn';
  const isName = /^\p{Lu}/u.test(before) || /^\d/.test(before);
  if (!wordIsWhole) return !isName || sentenceStarters.mayBecome(word) ? 'unclear' : 'goesOn';
  if (/^(?:Com|Org|Net|Io|Js|Ts|Py|Md|Txt|De)$/.test(word) || /^[.(@_/\\[<=:]/.test(rest)) return 'goesOn';
  return !isName || sentenceStarters.has(word) ? 'end' : 'goesOn';
}

/** Japanese goes on with と after a quotation, Chinese with its speaker: 「はい。」と言った, “好。”他说. */
function continuesQuotation(ending: Ending, next: string, whole: boolean): Verdict {
  if (!ending.closed) return 'end';
  if (ending.aside) return 'goesOn';
  if (/^(?:と|って)/u.test(next)) return 'goesOn';
  if (!whole && /^(?:っ|[他她我你][们們]?)$/u.test(next)) return 'unclear';
  return /^[他她我你][们們]?[说說问問道喊叫答笑]/u.test(next) ? 'goesOn' : 'end';
}

function stopKind(ending: Ending): StopKind {
  const word = bare(ending.word);
  if (isItem(ending, word)) return 'item';
  if (/^\d{1,3}$/.test(word) || /^[IVX]{2,}$/.test(word)) return 'ordinal';
  const known = abbreviationKind(word, ending.previous[0]);
  if (known !== undefined) return known;
  if (/^\p{L}{2,3}$/u.test(word) && /\p{N}$/u.test(ending.previous[0])) return 'trailing'; // a unit: "5 in. long"
  if (/^\p{Lu}$/u.test(word)) return 'initial';
  if (/^\p{Ll}$/u.test(word)) return 'letter';
  if (/^(?:\p{Lu}\.-?)+\p{Lu}\p{Ll}?$/u.test(word)) return 'acronym';
  if (/^(?:\p{L}{1,2}\.)+\p{L}{1,2}$/u.test(word)) return 'trailing';
  if (/^[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{1,4}$/.test(word) && !sounds.has(word)) return 'trailing';
  return 'ordinary';
}

/** A number or letter that counts the items of a list, in lines or in a sentence, and "Step 1." in front of one. */
function isItem(ending: Ending, word: string): boolean {
  if (!/^(?:\d{1,3}|\p{L})$/u.test(word)) return false;
  if (ending.firstInLine) return true;
  const [previous, secondPrevious] = ending.previous;
  const label = bare(previous);
  if (secondPrevious === '' && /^\p{Lu}/u.test(label) && labels.has(label)) return /^\d/.test(word);
  const number = Number(word);
  const inSequence = number === 1 || (ending.lastItem > 0 && number === ending.lastItem + 1);
  return inSequence && (ending.firstInChunk || /[:,;]$/.test(previous));
}

/** "am 3. Mai", "der 2. Weltkrieg", but "am 3. Wir …" and "I am 30. You …". */
function ordinalBeforeCapital(ending: Ending, following: Following): Verdict {
  const [previous, secondPrevious] = ending.previous;
  const german = ordinalLeads.has(bare(previous)) && secondPrevious !== 'I';
  if (german) return unless(sentenceStarters)(ending, following);
  return onlyIf(months)(ending, following);
}

/** "J. R. Moreno", "John F. Kennedy", but "room B. Then" and "vitamin C. Take it". */
function initialBeforeCapital(ending: Ending, following: Following): Verdict {
  if (following.word.length === 1 && following.rest.startsWith('.')) return 'goesOn';
  const previous = bare(ending.previous[0]);
  const isName =
    previous === '' || /^\p{Lu}/u.test(previous) || nameLeads.has(previous) || /[,:]$/.test(ending.previous[0]);
  const isPronoun = bare(ending.word) === 'I' && /[^,:]$/.test(ending.previous[0]);
  const firstWord = ending.previous[1] === '' && /^\p{L}{2,}$/u.test(ending.previous[0]);
  const isImperative = firstWord && sentenceStarters.has(previous) && !nameLeads.has(previous); // "Choose A."
  const isLetterOfAbbreviation = /(?:^|\P{L})\p{L}\.$/u.test(ending.previous[0]);
  if (isLetterOfAbbreviation && /^\p{Ll}/u.test(previous)) return 'goesOn'; // "z. B. Berlin"
  if (!isName || isPronoun || isImperative || labels.has(previous)) {
    return following.wordIsWhole || following.word.length > 1 ? 'end' : 'unclear';
  }
  return beforeName(ending, following);
}

/** "z. B.", "p. ej.", "г. Москва", but "solve for x. Then". */
function letterBeforeCapital(ending: Ending, following: Following): Verdict {
  if (following.word.length === 1) {
    if (following.rest.startsWith('.')) return 'goesOn';
    if (!following.wordIsWhole) return 'unclear';
  }
  if (/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(ending.word)) return unless(sentenceStarters)(ending, following);
  return 'end';
}

/** Goes on before a capital unless it begins a word that begins sentences and no names. */
function beforeName(ending: Ending, following: Following): Verdict {
  if (following.wordIsWhole && nameParticles.has(following.word)) return 'goesOn';
  return unless(sentenceStarters)(ending, following);
}

/** Goes on before a capital unless one of `words` follows. */
function unless(words: WordSet): (ending: Ending, following: Following) => Verdict {
  return (_ending, { kind, word, wordIsWhole }) => {
    if (kind !== 'upper') return 'end';
    if (!wordIsWhole) return words.mayBecome(word) ? 'unclear' : 'goesOn';
    return words.has(word) ? 'end' : 'goesOn';
  };
}

/** Ends before a capital unless one of `words` follows. */
function onlyIf(words: WordSet): (ending: Ending, following: Following) => Verdict {
  return (_ending, { word, wordIsWhole }) => {
    if (!wordIsWhole) return words.mayBecome(word) ? 'unclear' : 'end';
    return words.has(word) ? 'goesOn' : 'end';
  };
}

function lookAhead(next: string, whole: boolean): Following {
  let start = 0;
  while (start < next.length && (openers.has(next.charAt(start)) || isSpace(next.charAt(start)))) start++;
  const text = next.slice(start);
  const word = /^[\p{L}\p{M}]*/u.exec(text)?.[0] ?? '';
  const rest = text.slice(word.length);
  return { kind: kindOf(text), openers: next.slice(0, start), word, wordIsWhole: whole || rest !== '', rest };
}

function kindOf(text: string): Following['kind'] {
  if (text === '') return 'none';
  if (/^[$€£¥#+]?\p{N}/u.test(text)) return 'digit';
  if (/^\p{Ll}/u.test(text)) return /^\p{Ll}{1,3}\p{Lu}/u.test(text) ? 'upper' : 'lower';
  if (/^\p{Lu}|^\p{Lt}/u.test(text)) return 'upper';
  return /^\p{L}/u.test(text) ? 'uncased' : 'mark';
}

/** A web or mail address, in which any mark may stand. */
const isAddress = (word: string): boolean => /:\/\/|^\W*www\.|@|\.\p{L}{2,}[/?]/u.test(word);

/** A dash between a terminator and a small letter: «Нет!» — сказал он. A hyphen that is a list's bullet stands alone. */
const startsWithDash = (next: string): boolean => dashes.has(next.charAt(0));

/** The word without the brackets, quotes and emphasis around it; of words joined by a dash or slash, the last. */
export function bare(word: string): string {
  let end = word.length;
  while (end > 0 && emphasis.has(word.charAt(end - 1))) end--;
  return word
    .slice(0, end)
    .replace(/^[^\p{L}\p{N}$€£°.]+/u, '')
    .replace(/^.*[—–(["“„]/u, '')
    .replace(/[^\p{L}\p{N}\p{M}%°]+$/u, '');
}
