import type { CheckedThing, Health, Verdict } from './check.js';

const WORDS = {
  ok: 'ok',
  degraded: 'degraded',
  broken: 'BROKEN',
  skipped: 'skipped',
} as const satisfies Record<Verdict, string>;

const WIDTH = Math.max(...Object.values(WORDS).map((word) => word.length));

/** What was found, for people: one line, and its remedy below, once where several share it. @param before the check that was shown before it */
export function checkLines({ group, name, verdict, reason, remedy }: CheckedThing, before?: CheckedThing): string {
  const lines = [
    ...(before?.group === group ? [] : [group]),
    `  ${WORDS[verdict].padEnd(WIDTH)}  ${name}: ${reason}`,
    ...(remedy === undefined || (before?.group === group && remedy === before.remedy)
      ? []
      : [`  ${' '.repeat(WIDTH)}  -> ${remedy}`]),
  ];
  return `${lines.join('\n')}\n`;
}

const SUMMARIES = {
  ok: 'All is well.',
  degraded: 'It works, but not as well as it could.',
  broken: 'It cannot work like this.',
} as const satisfies Record<Health, string>;

/** All in all, for people. */
export function healthLine(verdict: Health): string {
  return `${SUMMARIES[verdict]}\n`;
}
