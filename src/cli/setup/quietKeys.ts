import type { TerminalInput } from '../../../hardware/gpio/keyboard/rawTerminal.js';

const CTRL_C = '\x03';

/**
 * Keys while nothing is asked: unseen, and forgotten. Else they would run through the live lines, and be taken for the
 * answer to the next question, which nobody has read yet. Ctrl-C still ends.
 */
export class QuietKeys {
  #isQuiet = false;

  /** @param interrupt what Ctrl-C does: without the terminal's own line editing it is a key like any other */
  constructor(
    private readonly input: TerminalInput,
    private readonly interrupt: () => void,
  ) {}

  /** From now on. */
  begin(): void {
    if (this.#isQuiet || this.input.isTTY !== true) return;
    this.#isQuiet = true;
    this.input.setRawMode?.(true);
    this.input.on('data', this.#onData);
    this.input.resume();
  }

  /** Until here: a question is asked, or all is over. Gives the terminal back as it was. */
  end(): void {
    if (!this.#isQuiet) return;
    this.#isQuiet = false;
    this.input.off('data', this.#onData);
    this.input.pause();
    if (!this.input.destroyed) this.input.setRawMode?.(false);
  }

  readonly #onData = (keys: Buffer | string) => {
    if (keys.toString().includes(CTRL_C)) this.interrupt();
  };
}
