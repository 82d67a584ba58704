/** A state of the statechart's turn, and when it was entered on `performance.now()` (ms). */
export interface TurnMoment {
  readonly atMs: number;
  /** "idle", "speaking". */
  readonly state: string;
  /** What it is in there, "verifyingInterruption"; empty where the state has none, or several side by side. */
  readonly within: string;
}

/** The states that the turn passes, for whoever waits for one. */
export class TurnMoments {
  readonly #moments: TurnMoment[] = [];
  readonly #watchers = new Set<() => void>();

  /** @param value of the statechart's `turn` */
  push(atMs: number, value: unknown): void {
    this.#moments.push(turnMoment(atMs, value));
    this.changed();
  }

  /** Something that a watcher may wait for has happened besides. */
  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  get last(): TurnMoment | undefined {
    return this.#moments.at(-1);
  }

  /** In order, with the one in which it was at that time. */
  since(atMs: number): TurnMoment[] {
    const next = this.#moments.findIndex((moment) => moment.atMs > atMs);
    return next < 0 ? this.#moments.slice(-1) : this.#moments.slice(Math.max(0, next - 1));
  }

  /** Waits until it holds, or until `limitMs` have passed. @returns whether it holds @throws the signal's reason */
  within(limitMs: number, condition: () => boolean, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(limit);
        signal.removeEventListener('abort', onAbort);
        this.#watchers.delete(look);
        outcome();
      };
      const look = () => {
        if (condition()) settle(() => resolve(true));
      };
      const onAbort = () => settle(() => reject(signal.reason));
      const limit = setTimeout(() => settle(() => resolve(false)), limitMs);
      this.#watchers.add(look);
      signal.addEventListener('abort', onAbort);
      if (signal.aborted) onAbort();
      else look();
    });
  }
}

function turnMoment(atMs: number, value: unknown): TurnMoment {
  if (typeof value !== 'object' || value === null) return { atMs, state: String(value), within: '' };
  const [[state, inner] = ['', '']] = Object.entries(value);
  return { atMs, state, within: typeof inner === 'string' ? inner : '' };
}
