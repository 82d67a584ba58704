import xterm, { type IBufferCell, type Terminal } from '@xterm/headless';
import type { Cast } from './cast.js';

/** How a character looks: SVG classes of the picture, such as "bold green". */
export type Look = string;

/** Characters side by side that look the same. */
export interface Run {
  readonly column: number;
  readonly text: string;
  readonly look: Look;
}

/** A row of the screen, without what is blank. */
export type Row = readonly Run[];

/** The screen from a moment on. */
export interface Frame {
  readonly atMs: number;
  readonly rows: readonly Row[];
}

/** Faster than this nobody sees it. */
const LEAST_FRAME_MS = 50;

/** The palette's first eight, and their bright relatives. */
const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The screens that a terminal of this size shows, each once, from its own moment on. */
export async function screenFrames({ columns, rows, events }: Cast): Promise<readonly Frame[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  const frames: Frame[] = [{ atMs: 0, rows: screenOf(terminal) }];
  try {
    for (const [index, { atMs, text }] of events.entries()) {
      await new Promise<void>((done) => terminal.write(text, done));
      const next = events[index + 1];
      // What comes at once is one picture.
      if (next !== undefined && next.atMs - atMs < 1) continue;
      const last = frames.at(-1);
      const screen = screenOf(terminal);
      if (last !== undefined && JSON.stringify(last.rows) === JSON.stringify(screen)) continue;
      if (last !== undefined && atMs - last.atMs < LEAST_FRAME_MS) frames.pop();
      frames.push({ atMs: last !== undefined && atMs - last.atMs < LEAST_FRAME_MS ? last.atMs : atMs, rows: screen });
    }
  } finally {
    terminal.dispose();
  }
  return frames;
}

function screenOf(terminal: Terminal): Row[] {
  return Array.from({ length: terminal.rows }, (_, row) => rowOf(terminal, row));
}

function rowOf(terminal: Terminal, row: number): Row {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row);
  const runs: { column: number; text: string; look: Look }[] = [];
  for (let column = 0; column < terminal.cols; column++) {
    const cell = line?.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const [text, look] = [cell.getChars() || ' ', lookOf(cell)];
    const last = runs.at(-1);
    if (last !== undefined && last.look === look && last.column + last.text.length === column) last.text += text;
    else runs.push({ column, text, look });
  }
  return runs.flatMap(withoutGaps);
}

/** Blank space is no part of the picture; a single space within a sentence is. */
function withoutGaps({ column, text, look }: Run): Run[] {
  return [...text.matchAll(/\S+(?: \S+)*/g)].map((found) => ({ column: column + found.index, text: found[0], look }));
}

function lookOf(cell: IBufferCell): Look {
  const looks: string[] = [];
  if (cell.isBold()) looks.push('bold');
  if (cell.isDim()) looks.push('dim');
  const colour = cell.getFgColor();
  if (cell.isFgPalette() && colour < 16) looks.push(`${colour < 8 ? '' : 'bright-'}${COLOURS[colour % 8]}`);
  return looks.join(' ');
}
