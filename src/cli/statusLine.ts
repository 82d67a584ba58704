import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** What the line at the bottom of the terminal says. */
export interface Status {
  /** The light, as a short text that may hold colours. */
  readonly light: string;
  readonly state: string;
  /** Loudness at the microphone, dB of full scale; undefined where it is not open. */
  readonly levelDb: number | undefined;
  /** What was understood last. */
  readonly transcript: string;
  readonly troubles: readonly string[];
}

interface Terminal extends NodeJS.WritableStream {
  readonly columns?: number;
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The quietest and the loudest level that the meter tells apart: a silent room, and a shout. */
const FLOOR_DB = -60;
const FULL_DB = -6;

/** Wipes the line that the cursor is on. */
const CLEAR = '\r\u001b[2K';

/** One line at the bottom of a terminal that is always up to date; what is logged scrolls above it. */
export class StatusLine {
  #line = '';
  #closed = false;

  constructor(private readonly terminal: Terminal) {}

  show(status: Status): void {
    const line = fitted(statusText(status), (this.terminal.columns ?? 80) - 1);
    if (this.#closed || line === this.#line) return;
    this.#line = line;
    this.terminal.write(CLEAR + line);
  }

  /** Where to write whole lines that stay. */
  get log(): Writable {
    return new Writable({
      write: (text: Buffer, _encoding, done) => {
        this.terminal.write(`${this.#closed ? '' : CLEAR}${text.toString()}${this.#closed ? '' : this.#line}`);
        done();
      },
    });
  }

  /** Wipes the line. Safe to call twice. */
  close(): void {
    if (!this.#closed) this.terminal.write(CLEAR);
    this.#closed = true;
  }
}

export function statusText({ light, state, levelDb, transcript, troubles }: Status): string {
  const parts = [
    `${light} ${state}`,
    ...troubles,
    ...(levelDb === undefined ? [] : [meter(levelDb)]),
    ...(transcript === '' ? [] : [`"${transcript}"`]),
  ];
  return `${parts.join('  ')}  [space: talk, q: quit]`;
}

/** Eight bars, filled from the left, each a little higher. */
function meter(levelDb: number): string {
  const share = (levelDb - FLOOR_DB) / (FULL_DB - FLOOR_DB);
  const filled = Math.round(Math.min(1, Math.max(0, share)) * BARS.length);
  return BARS.slice(0, filled).join('').padEnd(BARS.length, '·');
}

/** Cut to the width of the terminal: a line that wraps could not be wiped. Colours take no room. */
function fitted(text: string, width: number): string {
  const visible = stripVTControlCharacters(text);
  return visible.length <= width ? text : `${visible.slice(0, Math.max(0, width - 1))}…`;
}
