/** Open while the turn is the assistant's, shut while it is the user's: for what may not begin before. */
export class TurnGate {
  #isOpen = false;
  readonly #waiting = new Set<() => void>();

  open(): void {
    this.#isOpen = true;
    for (const pass of [...this.#waiting]) pass();
  }

  shut(): void {
    this.#isOpen = false;
  }

  /** Resolves when it is open. @throws the signal's reason at once when that is aborted */
  opened(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.#waiting.delete(settle);
        signal.removeEventListener('abort', settle);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      if (this.#isOpen || signal.aborted) {
        settle();
        return;
      }
      this.#waiting.add(settle);
      signal.addEventListener('abort', settle, { once: true });
    });
  }
}
