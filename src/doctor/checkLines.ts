import { styleText } from 'node:util';
import type { CheckedThing, Health, Verdict } from './check.js';
import { firstRemedy } from './firstRemedy.js';

const WORDS = {
  ok: 'ok',
  degraded: 'degraded',
  broken: 'BROKEN',
  skipped: 'skipped',
} as const satisfies Record<Verdict, string>;

const COLOURS = {
  ok: 'green',
  degraded: 'yellow',
  broken: 'red',
  skipped: 'gray',
} as const satisfies Record<Verdict, string>;

const WIDTH = Math.max(...Object.values(WORDS).map((word) => word.length));

/** Narrower than this, what goes on in the next line stands under the verdict, not beside it. */
const NARROW = 60;

/** What the lines are shown on. */
export interface Sheet {
  /** Undefined: it is no terminal, and no line is broken. */
  readonly columns: number | undefined;
  readonly isColoured: boolean;
}

/**
 * What was found, for people: one line, and its remedy below, once where several share it. Only what was found is broken
 * into lines: a remedy is to be copied as it stands.
 * @param before the check that was shown before it
 */
export function checkLines(checked: CheckedThing, before: CheckedThing | undefined, sheet: Sheet): string {
  const { group, name, verdict, reason, remedy } = checked;
  const isNarrow = sheet.columns !== undefined && sheet.columns < NARROW;
  const indent = isNarrow ? 4 : WIDTH + 4;
  const word = painted(WORDS[verdict].padEnd(WIDTH), verdict, sheet);
  // Its own width counts as if it had no colour.
  const [first = '', ...more] = wrapped(`${name}: ${reason}`, sheet.columns, WIDTH + 4, indent);
  const lines = [
    ...(before?.group === group ? [] : [group]),
    `  ${word}  ${first}`,
    ...more.map((line) => ' '.repeat(indent) + line),
    ...(remedy === undefined || (before?.group === group && remedy === before.remedy)
      ? []
      : [`${' '.repeat(indent)}-> ${remedy}`]),
  ];
  return `${lines.join('\n')}\n`;
}

const SUMMARIES = {
  ok: 'All is well.',
  degraded: 'It works, but not as well as it could.',
  broken: 'It cannot work like this.',
} as const satisfies Record<Health, string>;

/** All in all, for people, and what to do first. */
export function healthLine(verdict: Health, checks: readonly CheckedThing[], sheet: Sheet): string {
  const first = firstRemedy(checks);
  const lines = [
    painted(SUMMARIES[verdict], verdict, sheet),
    ...(first === undefined ? [] : [`First, for ${first.group} (${first.name}):`, `-> ${first.remedy}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function painted(text: string, verdict: Verdict, { isColoured }: Sheet): string {
  // Whether there are colours has been decided, and not for the stream that styleText would look at.
  return isColoured ? styleText(COLOURS[verdict], text, { validateStream: false }) : text;
}

/** Broken between words. @param from where the first line begins. @param indent where the others do */
function wrapped(text: string, columns: number | undefined, from: number, indent: number): string[] {
  if (columns === undefined) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = columns - (lines.length === 0 ? from : indent);
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
