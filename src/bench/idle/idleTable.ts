import { formatBytes } from '../../models/freeSpace.js';
import type { IdleFigures } from './idleRun.js';

/** More than this, and an SD card notices (bytes an hour). */
export const IDLE_LIMIT_BYTES = 1_000_000;

/** For people, at most 80 wide. */
export function idleTable(figures: readonly IdleFigures[]): string {
  const rows = figures.flatMap((each) => {
    const written = each.writtenBytesPerHour + each.logBytesPerHour;
    return [
      [
        each.condition.padEnd(20),
        formatBytes(each.writtenBytesPerHour).padStart(11),
        formatBytes(each.logBytesPerHour).padStart(10),
        Math.round(each.logLinesPerHour).toString().padStart(7),
        each.changedFiles.length.toString().padStart(6),
        `${each.processorPercent.toFixed(1)} %`.padStart(8),
        formatBytes(each.pssBytes).padStart(9),
        written > IDLE_LIMIT_BYTES ? '  over' : '',
      ].join(''),
      ...each.mostSaid
        .filter(({ times }) => times > 1)
        .map(({ message, times }) => `  ${times} x ${message.slice(0, 60)}`),
    ];
  });
  const minutes = figures[0]?.minutes ?? 0;
  return [
    'an hour at rest       files, disk  log, text  lines  files     CPU   memory',
    ...rows,
    `${minutes} minutes each, side by side. "over": more than ${formatBytes(IDLE_LIMIT_BYTES)} an hour in all.`,
    '',
  ].join('\n');
}
