/** Whatever could not be closed by then is left to the operating system. */
const PATIENCE_MS = 1_000;

/** What was opened and has to be closed, in the reverse order of opening, all of it whatever fails. */
export class Closing {
  readonly #closers: (() => Promise<void>)[] = [];

  push(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** Begins to close all at once and waits for them, but not for ever. @returns whether all are closed */
  async close(): Promise<boolean> {
    const closing = Promise.allSettled(
      this.#closers
        .splice(0)
        .reverse()
        .map(async (close) => close()),
    );
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PATIENCE_MS);
    });
    const inTime = await Promise.race([closing.then(() => true), patience]);
    clearTimeout(timer);
    return inTime;
  }
}
