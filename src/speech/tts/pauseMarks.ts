import { closesSentence } from './sentenceDots.js';

/** The marks that a voice knows how to speak; all others are turned into one of them. */
export type SpokenMark = ',' | ';' | ':' | '.' | '!' | '?';

/** A place in a text where a speaker pauses. */
export interface PauseMark {
  /** Index of the mark's first character; what is spoken ends before it. */
  readonly start: number;
  /** Index behind the mark and the closing quotes and brackets that follow it. */
  readonly end: number;
  readonly mark: SpokenMark;
  /** Whether a sentence ends here, or only a part of one. */
  readonly kind: 'clause' | 'sentence';
}

/**
 * Punctuation before white space or the end (never inside "3,000", "10:30" or a URL), full-width marks anywhere, an em
 * dash, a dash between spaces, a line break. Takes linear time: no alternative begins again within its own run.
 */
const CANDIDATE =
  /(?<ascii>(?<![.,;:!?…])[.,;:!?…]+)["'”’)\]}»]*(?=\s|$)|(?<wide>[。．，、！？；：।]+)[”’」』）]*|(?<dash>—+|\s[–-]+\s)|\n+/gu;

const WIDE: Readonly<Record<string, SpokenMark>> = {
  '。': '.',
  '．': '.',
  '।': '.',
  '，': ',',
  '、': ',',
  '！': '!',
  '？': '?',
  '；': ';',
  '：': ':',
};

/** Characters looked at on either side of a dot to find its neighbouring words. */
const WORD_WINDOW = 40;

/** The pauses of `text`, in order. Dots of abbreviations, numbers, times and addresses are none. */
export function pauseMarks(text: string): PauseMark[] {
  const cased = /\p{Lu}/u.test(text);
  const marks: PauseMark[] = [];
  for (const match of text.matchAll(CANDIDATE)) {
    const start = match.index;
    const end = start + match[0].length;
    const found = readMark(text, match, cased);
    if (found) marks.push({ start, end, ...found });
  }
  return marks;
}

function readMark(text: string, match: RegExpExecArray, cased: boolean): Pick<PauseMark, 'mark' | 'kind'> | undefined {
  const start = match.index;
  const end = start + match[0].length;
  const { ascii, wide, dash } = match.groups ?? {};
  if (dash !== undefined) {
    const range = /\d/.test(text.charAt(start - 1)) && /\d/.test(text.charAt(end));
    return range ? undefined : { mark: ',', kind: 'clause' };
  }
  const after = /^[\s\p{Ps}\p{Pi}"']*([\p{L}\p{N}]+)/u.exec(text.slice(end, end + WORD_WINDOW))?.[1] ?? '';
  if (ascii === '.') {
    const before = /[\p{L}\p{N}.]*$/u.exec(text.slice(Math.max(0, start - WORD_WINDOW), start))?.[0] ?? '';
    return closesSentence(before, after, cased) ? { mark: '.', kind: 'sentence' } : undefined;
  }
  if (ascii !== undefined || wide !== undefined) {
    const mark = strongest(ascii ?? wide ?? '');
    const goesOn = cased && /^\p{Ll}/u.test(after); // '"Really?" she asked', "wait... what"
    return { mark, kind: isFinal(mark) && !goesOn ? 'sentence' : 'clause' };
  }
  return { mark: ',', kind: 'clause' }; // a line break
}

/** What a run of marks sounds like: "?!" asks, "!!" calls, "p.m.," goes on. */
function strongest(run: string): SpokenMark {
  const marks = Array.from(run, asSpoken);
  if (marks.includes('?')) return '?';
  if (marks.includes('!')) return '!';
  return marks.at(-1) ?? ',';
}

function asSpoken(character: string): SpokenMark {
  const wide = WIDE[character];
  if (wide) return wide;
  return character === ',' || character === ';' || character === ':' || character === '!' || character === '?'
    ? character
    : '.';
}

function isFinal(mark: SpokenMark): boolean {
  return mark === '.' || mark === '!' || mark === '?';
}
