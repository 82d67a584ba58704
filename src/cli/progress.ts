import type { WriteStream } from 'node:tty';
import cliProgress from 'cli-progress';
import { type Clock, systemClock } from '../../hardware/clock.js';
import { formatBytes } from '../models/freeSpace.js';

/** Work that is over sooner needs no progress. */
const DELAY_MS = 1000;

/** How far a piece of work is. */
export interface Progress {
  /** What is being worked on, for people: a model's id. One line is written for each. */
  readonly title: string;
  /** The step of it: a file. */
  readonly step: string;
  readonly doneBytes: number;
  /** Null when nobody knows. */
  readonly totalBytes: number | null;
}

/** Where progress goes; `close` gives the terminal back. */
export interface ProgressDisplay {
  update(progress: Progress): void;
  close(): void;
}

/**
 * Shows work that takes more than a second: a bar on a terminal, one plain line for each title elsewhere, nothing when
 * quiet (`--json`).
 * @param stream stderr: stdout belongs to the result
 */
export function showProgress(
  stream: NodeJS.WritableStream,
  options: { quiet?: boolean; clock?: Clock } = {},
): ProgressDisplay {
  if (options.quiet) return { update: () => undefined, close: () => undefined };
  const show = isTerminal(stream) ? bar(stream) : lines(stream);
  return delayed(show, options.clock ?? systemClock);
}

function isTerminal(stream: NodeJS.WritableStream): stream is WriteStream {
  return 'isTTY' in stream && stream.isTTY === true;
}

/** Holds everything back for the first second, then shows the latest state. */
function delayed(display: ProgressDisplay, clock: Clock): ProgressDisplay {
  const startedAtMs = clock.now();
  let latest: Progress | undefined;
  let shown = false;
  const show = () => {
    shown = true;
    if (latest) display.update(latest);
  };
  const timer = clock.setTimeout(show, DELAY_MS);
  return {
    update(progress) {
      latest = progress;
      if (shown || clock.now() - startedAtMs >= DELAY_MS) show();
    },
    close() {
      clock.clearTimeout(timer);
      display.close();
    },
  };
}

function lines(stream: NodeJS.WritableStream): ProgressDisplay {
  const announced = new Set<string>();
  return {
    update({ title, step, totalBytes }) {
      if (announced.has(title)) return;
      announced.add(title);
      stream.write(`fetching ${title}: ${step}${totalBytes === null ? '' : ` (${formatBytes(totalBytes)})`}\n`);
    },
    close: () => undefined,
  };
}

function bar(stream: WriteStream): ProgressDisplay {
  let single: cliProgress.SingleBar | undefined;
  let title = '';
  return {
    update(progress) {
      if (single && progress.title !== title) {
        single.stop();
        single = undefined;
      }
      title = progress.title;
      const payload = { title, step: progress.step, known: progress.totalBytes !== null };
      // A total of 1 of which 0 is done draws an empty bar; the text says that its length is unknown.
      const total = progress.totalBytes ?? 1;
      if (single) {
        single.setTotal(total);
        single.update(progress.doneBytes, payload);
        return;
      }
      single = new cliProgress.SingleBar({ stream, hideCursor: true, clearOnComplete: true, format: formatBar });
      single.start(total, progress.doneBytes, payload);
    },
    close() {
      single?.stop();
    },
  };
}

function formatBar(
  options: Parameters<typeof cliProgress.Format.BarFormat>[1],
  { value, total, progress }: { value: number; total: number; progress: number },
  payload: { title: string; step: string; known: boolean },
): string {
  if (!payload.known) return `${payload.title}  ${payload.step} ...`;
  const drawn = cliProgress.Format.BarFormat(progress, options);
  return `${payload.title}  [${drawn}]  ${formatBytes(value)} of ${formatBytes(total)}  ${payload.step}`;
}
