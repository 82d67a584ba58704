import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { messageOf } from '../../failures/messageOf.js';
import { EventLogError, readEventLog } from '../../observability/eventLog.js';
import { type ReplayDifference, replay } from '../../observability/replay.js';
import { ExitStatus } from '../exitStatus.js';
import type { Io } from '../io.js';
import { UsageError } from '../usageError.js';

/** `pressel replay`: whether the statechart still does what it did. */
export function replayCommand(io: Io): Command {
  return new Command('replay')
    .argument('<file>', 'an event log (.jsonl), as the inspector gives it of a turn')
    .description('drive the statechart with recorded events and report the first difference. Exit code 1: there is one')
    .option('--json', 'print one JSON document')
    .action(async (file: string, { json }: { readonly json?: boolean }) => {
      const log = await readLog(file);
      const difference = replay(log);
      const report = { events: log.lines.length, difference: difference ?? null };
      io.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : inWords(file, report));
      if (difference) throw new ExitStatus(1);
    });
}

async function readLog(file: string) {
  try {
    return readEventLog(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof EventLogError) throw new UsageError(`${file}: ${error.message}`);
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

function inWords(
  file: string,
  report: { readonly events: number; readonly difference: ReplayDifference | null },
): string {
  const { events, difference } = report;
  if (difference === null) return `${events} events: the statechart does what it did.\n`;
  const { line, ms, event, reason, recorded, replayed } = difference;
  return [
    `${file}:${line}: "${event}", ${ms} ms after the first: ${reason}`,
    `  recorded: ${JSON.stringify(recorded)}`,
    `  replayed: ${replayed === null ? 'nothing' : JSON.stringify(replayed)}`,
    '',
  ].join('\n');
}
