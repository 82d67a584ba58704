import { createHash } from 'node:crypto';
import type { Exchange } from '../turn/conversation.js';

/** What a journal was found to hold. */
export interface ReadJournal {
  /** Oldest first. */
  readonly exchanges: readonly Exchange[];
  /** Lines that are not as they were written: torn off, overwritten or of another program. */
  readonly damagedLines: number;
  /** Every byte of it is as it was written, so that more can be appended. */
  readonly isSound: boolean;
}

/**
 * An exchange as one line: the number of bytes of its JSON, the beginning of their SHA-256, and the JSON. Each line stands
 * for itself: neither half a line nor a block of zeros, which is what a power cut leaves, passes for one.
 */
export function journalLine({ atMs, asked, heard, interrupted }: Exchange): string {
  const json = JSON.stringify({ atMs, asked, heard, interrupted });
  return `${Buffer.byteLength(json)} ${checksum(json)} ${json}\n`;
}

/**
 * The exchanges of a journal. A damaged line is left out and all others are kept, the newest of which matter most to what
 * is said next; the model reads the gap as a change of subject, as it does where older exchanges were cut.
 */
export function readJournal(bytes: Buffer): ReadJournal {
  const lines = bytes.toString('utf8').split('\n');
  const isWhole = lines.at(-1) === '';
  if (isWhole) lines.pop();
  const read = lines.map(readLine);
  const exchanges = read.filter((exchange) => exchange !== undefined);
  const damagedLines = read.length - exchanges.length;
  return { exchanges, damagedLines, isSound: isWhole && damagedLines === 0 };
}

const LINE = /^(\d{1,9}) ([0-9a-f]{16}) (\{.*\})$/s;

function readLine(line: string): Exchange | undefined {
  const [, length, sum, json = ''] = LINE.exec(line) ?? [];
  if (Buffer.byteLength(json) !== Number(length) || checksum(json) !== sum) return undefined;
  const { atMs, asked, heard, interrupted } = JSON.parse(json) as Record<keyof Exchange, unknown>; // as it was written
  const isExchange =
    typeof atMs === 'number' &&
    typeof asked === 'string' &&
    typeof heard === 'string' &&
    typeof interrupted === 'boolean';
  return isExchange ? { atMs, asked, heard, interrupted } : undefined;
}

/** 64 bits: enough against chance. Whoever may write the file can forge it, and may as well say anything. */
function checksum(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, 16);
}
