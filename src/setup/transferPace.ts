import { formatBytes } from '../models/freeSpace.js';

/** The pace is that of the last so many milliseconds: longer, and it lags; shorter, and it jumps. */
const WINDOW_MS = 5_000;
const BAR_WIDTH = 24;

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

/** `[██████······]  123.0 MB of 398.0 MB  4.1 MB/s, 1 min left` */
export function transferLine(doneBytes: number, totalBytes: number | null, pace: TransferPace): string {
  if (totalBytes === null || totalBytes <= 0) return '...';
  const share = Math.min(1, doneBytes / totalBytes);
  const filled = Math.round(share * BAR_WIDTH);
  const bar = `[${'█'.repeat(filled)}${'·'.repeat(BAR_WIDTH - filled)}]`;
  const { bytesPerS } = pace;
  const rest =
    bytesPerS === undefined || bytesPerS <= 0
      ? ''
      : `  ${formatBytes(bytesPerS)}/s, ${timeLeft((totalBytes - doneBytes) / bytesPerS)}`;
  return `${bar}  ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}${rest}`;
}

function timeLeft(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s left`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min left`;
  return `${(seconds / 3600).toFixed(1)} h left`;
}
