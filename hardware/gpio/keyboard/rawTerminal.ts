import type { Readable } from 'node:stream';
import { GpioError } from '../drivers.js';
import { POP_ENHANCEMENTS, PUSH_ENHANCEMENTS, QUERY_ENHANCEMENTS } from './keyParser.js';

/** `process.stdin`, or what stands for it in a test. */
export interface TerminalInput extends Readable {
  readonly isTTY?: boolean;
  readonly isRaw?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** `process.stdout` where it is a terminal. */
export interface TerminalOutput {
  write(text: string): unknown;
}

/**
 * Puts a terminal into raw mode, in which each key arrives at once and unseen, and asks it to report releases.
 * @param output where the terminal can be asked; without it, releases are not reported
 * @returns restores the terminal as it was; safe to call twice, and called when the process exits
 * @throws {GpioError} notSupported when `input` is no terminal; lost when it is closed
 */
export function enterRawMode(input: TerminalInput, output: TerminalOutput | undefined): () => void {
  if (input.isTTY !== true || input.setRawMode === undefined) {
    throw new GpioError(
      'notSupported',
      'The button driver "keyboard" needs a terminal, and the standard input is none: start Pressel in a terminal, or choose another driver.',
    );
  }
  if (input.destroyed || input.readableEnded) {
    throw new GpioError('lost', 'The terminal is closed already: the space bar is no button any more.');
  }
  const wasRaw = input.isRaw === true;
  const wasFlowing = input.readableFlowing === true;
  input.setRawMode(true);
  output?.write(PUSH_ENHANCEMENTS + QUERY_ENHANCEMENTS);
  let restored = false;
  const restore = () => {
    if (restored) return;
    restored = true;
    process.removeListener('exit', restore);
    output?.write(POP_ENHANCEMENTS);
    // A terminal that was closed has no modes any more.
    if (!input.destroyed) input.setRawMode?.(wasRaw);
    if (!wasFlowing) input.pause();
  };
  process.once('exit', restore);
  return restore;
}
