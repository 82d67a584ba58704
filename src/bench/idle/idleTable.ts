import { formatBytes } from '../../models/freeSpace.js';
import type { IdleFigures } from './idleRun.js';

/** More than this, and an SD card notices (bytes an hour). */
export const IDLE_LIMIT_BYTES = 1_000_000;

/**
 * What a journal on the disk writes: with journald 252 on ext4, six lines 35 s apart made it write 45 kB each (write_bytes
 * of its process), 200 lines within 136 s 1.2 MB. The kernel writes changed pages every 30 s, so lines of the same half
 * minute share most of them.
 */
const JOURNAL_BYTES_A_LINE = 5_000;
const JOURNAL_BYTES_A_WINDOW = 40_000;
const WINDOWS_AN_HOUR = 120;

/** An estimate from above: as if each line came in a half minute of its own, as long as there are enough of these. */
export function journalBytes(linesPerHour: number): number {
  return linesPerHour * JOURNAL_BYTES_A_LINE + Math.min(linesPerHour, WINDOWS_AN_HOUR) * JOURNAL_BYTES_A_WINDOW;
}

/** For people, at most 80 wide. */
export function idleTable(figures: readonly IdleFigures[]): string {
  const rows = figures.flatMap((each) => {
    const journal = journalBytes(each.logLinesPerHour);
    const written = each.writtenBytesPerHour + journal;
    return [
      [
        each.condition.padEnd(20),
        formatBytes(each.writtenBytesPerHour).padStart(11),
        Math.round(each.logLinesPerHour).toString().padStart(11),
        formatBytes(journal).padStart(9),
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
    'an hour at rest           files  log, lines  journal  names     CPU   memory',
    ...rows,
    `${minutes} minutes each, side by side. "journal" is an estimate of what one on the disk`,
    `writes for so many lines; "names": files that changed; "over": more than ${formatBytes(IDLE_LIMIT_BYTES)}.`,
    '',
  ].join('\n');
}
