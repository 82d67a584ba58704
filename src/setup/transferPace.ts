import { formatBytes } from '../models/freeSpace.js';

/** The pace is that of the last so many milliseconds: longer, and it lags; shorter, and it jumps. */
const WINDOW_MS = 5_000;
const BAR_WIDTH = 24;
const LEAST_BAR_WIDTH = 6;

/** How fast something arrives, and how long the rest will take. */
export class TransferPace {
  #seen: { readonly atMs: number; readonly bytes: number }[] = [];

  /** @param doneBytes so far, of the whole; what was there before counts as done and not as arrived */
  add(atMs: number, doneBytes: number): void {
    const last = this.#seen.at(-1);
    // Another part of it begins: its bytes are counted anew.
    if (last !== undefined && doneBytes < last.bytes) this.#seen = [];
    this.#seen.push({ atMs, bytes: doneBytes });
    while (this.#seen.length > 2 && (this.#seen[1]?.atMs ?? atMs) <= atMs - WINDOW_MS) this.#seen.shift();
  }

  /** Undefined until two moments are known, a second apart. */
  get bytesPerS(): number | undefined {
    const [first, last] = [this.#seen[0], this.#seen.at(-1)];
    if (first === undefined || last === undefined || last.atMs - first.atMs < 1_000) return undefined;
    return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
  }
}

/**
 * `qwen2.5:0.5b  [██████······]  123.0 MB of 398.0 MB  4.1 MB/s, 1 min left`: on a narrow terminal the bar becomes
 * shorter, then the source goes, then the name, then the bar.
 * @param name " from SOURCE" at its end may be left out
 * @param room how many characters it may have
 */
export function transferLine(
  name: string,
  { doneBytes, totalBytes }: { readonly doneBytes: number; readonly totalBytes: number | null },
  pace: TransferPace,
  room: number,
): string {
  if (totalBytes === null || totalBytes <= 0) return `${name}  ...`;
  const share = Math.min(1, doneBytes / totalBytes);
  const { bytesPerS = 0 } = pace;
  const speed = bytesPerS > 0 ? `${formatBytes(bytesPerS)}/s, ${timeLeft((totalBytes - doneBytes) / bytesPerS)}` : '';
  const total = formatBytes(totalBytes);
  // All of one width at all times, so that the bar does not jump.
  const amount = `${formatBytes(doneBytes).padStart(total.length)} of ${total}`;
  const percent = `${Math.floor(share * 100)} %`.padStart('100 %'.length);
  const short = name.replace(/ from \S+$/, '');
  const rests = [
    `${name}${GAP}|${amount}${GAP}`,
    `${short}${GAP}|${amount}${GAP}`,
    `${short}${GAP}|${percent}${GAP}`,
    `|${percent}${GAP}`,
  ];
  for (const rest of rests) {
    const width = Math.min(BAR_WIDTH, room - rest.length - GAP.length - '[]'.length - LONGEST_SPEED);
    if (width >= LEAST_BAR_WIDTH)
      return rest
        .replace('|', `${bar(share, width)}${GAP}`)
        .concat(speed)
        .trimEnd();
  }
  return `${percent}${GAP}${speed}`.trimEnd();
}

const GAP = '  ';
/** "100.0 MB/s, 59 min left" */
const LONGEST_SPEED = 23;

function bar(share: number, width: number): string {
  const filled = Math.round(share * width);
  return `[${'█'.repeat(filled)}${'·'.repeat(width - filled)}]`;
}

function timeLeft(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s left`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min left`;
  return `${(seconds / 3600).toFixed(1)} h left`;
}
