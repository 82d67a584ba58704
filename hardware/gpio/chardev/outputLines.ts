import type { OutputLine } from '../drivers.js';
import { LINE_FLAG } from './abi.js';
import { findLine, type LineChoice } from './findLine.js';
import { HeldLine } from './heldLine.js';
import { type Libc, openLibc } from './libc.js';

export interface OutputLineOptions extends LineChoice {
  /** The line is on at ground. Default false. */
  readonly activeLow?: boolean;
}

/**
 * Takes lines of the Linux GPIO character device by their names, to drive them; they are off at first.
 * @returns one for each of `names`, in their order
 * @throws {GpioError} when one of them cannot be had; then none is held
 */
export function requestOutputLines(names: readonly string[], options: OutputLineOptions = {}): OutputLine[] {
  const libc = openLibc();
  const lines: OutputLine[] = [];
  try {
    for (const name of names) lines.push(new ChardevOutputLine(libc, name, options));
    return lines;
  } catch (error) {
    for (const line of lines) line.close();
    throw error;
  }
}

class ChardevOutputLine implements OutputLine {
  readonly name: string;
  #line: HeldLine | undefined;

  constructor(libc: Libc, name: string, options: OutputLineOptions) {
    this.name = name;
    this.#line = new HeldLine(libc, findLine(libc, name, options), {
      flags: LINE_FLAG.output | (options.activeLow === true ? LINE_FLAG.activeLow : 0n),
      debounceUs: 0,
    });
  }

  set(on: boolean): void {
    this.#line?.setActive(on);
  }

  close(): void {
    const line = this.#line;
    this.#line = undefined;
    if (line === undefined) return;
    try {
      // Released lines keep their level on a Pi: an LED would stay lit.
      line.setActive(false);
    } catch {
      // The chip is gone, and the light with it.
    } finally {
      line.close();
    }
  }
}
