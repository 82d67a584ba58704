import { BOARD_KEY } from '../../config/boardSetting.js';
import { DEFAULT_WORDS, NUMBER_WORDS } from './defaultValue.js';
import type { Prose, Span } from './document.js';
import type { NamedSetting, SettingNames } from './settingNames.js';

/*
 * How a text states a default, so that it can be compared: the value beside the word "default", and the setting in the same
 * sentence. A sentence that begins with the value may leave the setting to the one before or after it, a cell of a table
 * to the head of its column or another cell of its row.
 *
 *     `audio.driver` is `auto` (default), `portaudio` or `alsa-utils`
 *     the microphone stays open (`conversation.follow_up_ms`, default 8 s)
 *     `button.shutdown_hold`, off by default
 *     Off by default. `wake.words` says which words wake it
 *     `llm.keep_alive = -1`, the default
 *     stays open for 8 s (`conversation.follow_up_ms`), after ten quiet minutes (`conversation.forget_after_ms`)
 */

/** A default as a text states it. */
export interface StatedDefault {
  /** Undefined: it does not name one. */
  readonly setting: NamedSetting | undefined;
  /** Undefined: it speaks of the default in a way that does not show which value is meant. */
  readonly stated: string | undefined;
  readonly line: number;
}

const UNITS = 'ms|seconds?|s|minutes?|min|hours?|h|%|percent|dB|tokens/s|tokens|characters|messages|LEDs';
const FIGURE = `-?\\d[\\d_]*(?:[.,]\\d+)*(?:\\s?(?:${UNITS})\\b)?`;
/** Stands for a piece of code, by its number: of the private use area, so in no text. */
const CODE = '\uE000\\d+\uE001';
const VALUE = `"?(${CODE}|${FIGURE}|\\b(?:${DEFAULT_WORDS.join('|')})\\b)"?`;
const END = '(?=\\s*(?:$|[).,;:]|\\s(?:and|or|for|in|of)\\b))';

/** `x` (default) */
const MARKED = new RegExp(`${VALUE}\\s*\\((?:the |its )?default(?:\\)|[,;]|:(?!\\s*(?:${CODE}|${FIGURE})))`, 'gi');

/** The ways to state a default; the first that fits counts for its words. */
const STATEMENTS = [
  MARKED,
  ...[
    `${VALUE},?\\s+by default\\b`,
    `${VALUE}(?:,|,?\\s+is|,?\\s+are)\\s+the default\\b`,
    `\\bdefault of ${CODE}(?:\\s+is|:)\\s+${VALUE}`,
    `\\bdefaults?(?: value)?(?:\\s+is|\\s+are|\\s+of|\\s+to|:)?\\s+${VALUE}${END}`,
  ].map((statement) => new RegExp(statement, 'gi')),
];

/** A figure right before its setting. */
const SPELT = `\\b(?:${NUMBER_WORDS.join('|')})(?:\\s[a-z]+)?\\s(?:${UNITS})\\b`;
const ADJACENT = new RegExp(`(${SPELT}|${FIGURE})\\s+\\((${CODE})\\)`, 'g');

/** Speaks of a value as the default, in whatever way. "The system's default" is somebody else's. */
const SAYS_SO = /(?<!'s )\b(?:by default|default\)|defaults? (?:is|to|of)\b|default:)/i;

/** A flag of a command has defaults of its own. */
type Subject = NamedSetting | 'flag';

interface Sentence {
  readonly text: string;
  /** Within the whole text. */
  readonly offset: number;
  readonly named: readonly { readonly subject: Subject; readonly at: number }[];
}

/** @param around settings that a text without one of its own is about, the likeliest first */
export function statedDefaults(prose: Prose, around: readonly NamedSetting[], names: SettingNames): StatedDefault[] {
  const { spans } = prose;
  const codeAt = (mark: string): string | undefined =>
    mark.startsWith('\uE000') ? spans[Number(mark.slice(1, -1))]?.text : undefined;
  const text = spans.map((span, index) => (span.isCode ? `\uE000${index}\uE001` : span.text)).join('');
  const sentences = sentencesOf(text, (mark) => subjectIn(codeAt(mark) ?? '', names));
  return sentences.flatMap((sentence, index) => {
    const found: StatedDefault[] = [];
    const add = (setting: NamedSetting | undefined, stated: string | undefined, at: number) =>
      found.push({ setting, stated, line: lineAt(sentence.offset + at, text, spans) });
    let rest = sentence.text;
    for (const statement of STATEMENTS) {
      rest = rest.replace(statement, (words, value: string, at: number) => {
        const code = codeAt(value);
        const assignment = code === undefined ? undefined : assignmentIn(code, names);
        if (assignment === undefined && code !== undefined && names.named(code)) {
          // "`--llm-url` (default: `llm.url`)" is about the flag; "`llm.url` (default: ..." is read further on.
          return statement === MARKED ? words : ' '.repeat(words.length);
        }
        const subject = assignment?.setting ?? subjectOf(sentence, at, sentences, index, around);
        if (subject === 'flag') return words;
        // `x` (default) shows a value and must say of what; a figure or a word may be about anything.
        const isMarked = statement === MARKED && code !== undefined;
        if (subject || isMarked) add(subject, assignment?.value ?? code ?? value, at);
        return ' '.repeat(words.length);
      });
    }
    for (const { 1: figure, 2: mark = '', index: at } of rest.matchAll(ADJACENT)) {
      const setting = names.named(codeAt(mark) ?? '');
      if (setting) add(setting, figure, at);
    }
    const [first] = sentence.named;
    if (first && first.subject !== 'flag' && SAYS_SO.test(rest)) add(first.subject, undefined, first.at);
    return found;
  });
}

function sentencesOf(text: string, subjectAt: (mark: string) => Subject | undefined): Sentence[] {
  const sentences: Sentence[] = [];
  let offset = 0;
  for (const piece of text.split(/(?<=[.;!?]\s)(?=\S)/)) {
    const named = [...piece.matchAll(new RegExp(CODE, 'g'))].flatMap(({ 0: mark, index: at }) => {
      const subject = subjectAt(mark);
      return subject === undefined ? [] : [{ subject, at }];
    });
    sentences.push({ text: piece, offset, named });
    offset += piece.length;
  }
  return sentences;
}

function subjectIn(code: string, names: SettingNames): Subject | undefined {
  return names.named(code) ?? (code.startsWith('--') ? 'flag' : undefined);
}

/** What a statement is about: the last thing named before it in its sentence, else after it, else around it. */
function subjectOf(
  { named }: Sentence,
  at: number,
  sentences: readonly Sentence[],
  index: number,
  around: readonly NamedSetting[],
): Subject | undefined {
  const own = named.findLast((each) => each.at < at) ?? named[0];
  if (own || around[0]) return own?.subject ?? around[0];
  if (at > 0) return undefined;
  const before = sentences.slice(0, index).flatMap((sentence) => sentence.named);
  return (before.at(-1) ?? sentences[index + 1]?.named[0])?.subject;
}

/** `conversation.remember = true` has its value with it. */
function assignmentIn(code: string, names: SettingNames) {
  const [name = '', value] = code.split(/\s=\s/);
  const setting = value === undefined ? undefined : names.named(name === BOARD_KEY ? code : name);
  return setting && value !== undefined ? { setting, value } : undefined;
}

/** The line of a place in the text that the spans make. */
function lineAt(offset: number, text: string, spans: readonly Span[]): number {
  let start = 0;
  for (const [index, span] of spans.entries()) {
    const length = span.isCode ? `\uE000${index}\uE001`.length : span.text.length;
    if (offset < start + length) return span.line + text.slice(start, offset).split('\n').length - 1;
    start += length;
  }
  return spans.at(-1)?.line ?? 1;
}
