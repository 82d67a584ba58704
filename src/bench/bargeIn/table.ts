import { percent, whole } from '../turnTable.js';
import type { BargeInRates, ModeFigures } from './figures.js';

const HEADS = [
  '',
  'taken',
  'in 600 ms',
  'p50',
  'p95',
  'silent p95',
  'false stops',
  'self-answers',
  'ducked for nothing',
  'resumed p95',
];

/** The modes side by side as text for a terminal, each with its echo levels; all times in ms. */
export function bargeInTable(modes: readonly ModeFigures[]): string {
  const rows = modes.flatMap((figures) => [
    row(figures.mode, figures),
    ...Object.entries(figures.echoLevels).map(([level, rates]) => row(`  echo ${level} dB`, rates)),
  ]);
  const widths = HEADS.map((head, i) => Math.max(head.length, ...rows.map((cells) => cells[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return `${[HEADS, ...rows].map((cells) => line(cells).trimEnd()).join('\n')}\n`;
}

function row(name: string, rates: BargeInRates): string[] {
  const { interruption, cough, backchannel, echo } = rates.kinds;
  const others = [cough, backchannel, echo];
  const sum = (of: 'trials' | 'ducked' | 'taken') => others.reduce((total, kind) => total + kind[of], 0);
  return [
    name,
    `${interruption.taken} of ${interruption.trials}`,
    rates.takenWithin600Rate === null ? '-' : percent(rates.takenWithin600Rate),
    whole(rates.takenP50Ms),
    whole(rates.takenP95Ms),
    whole(rates.silentP95Ms),
    `${sum('taken')} of ${sum('trials')}`,
    `${rates.selfAnswers}`,
    `${sum('ducked')}`,
    whole(rates.resumedP95Ms),
  ];
}

/** What the columns mean. */
export const BARGE_IN_TABLE_NOTES = `taken: interruptions that took the turn; in 600 ms, p50, p95: from the first voiced sample at the microphone to that (ms);
silent: to the last sound of the reply. false stops: coughs, noises, "yes, I see" and mere echoes that ended the reply.
self-answers: turns that came of the reply's own sound. ducked for nothing: replies that became softer for one of those;
resumed: from that to as loud as before (ms).
`;
