import { createHash } from 'node:crypto';
import type { Clock } from '../../../hardware/clock.js';
import { RecentAddresses } from './recentAddresses.js';

/** Different wrong tokens from one address until it is locked out. A browser repeats an old one with every request. */
const FAILURES = 10;
/** For so long after the last of them. */
const LOCKED_MS = 600_000;

interface Failures {
  readonly tried: ReadonlySet<string>;
  readonly lastMs: number;
}

/** Keeps those away who guess. */
export class LockOut {
  readonly #failures = new RecentAddresses<Failures>();

  constructor(private readonly clock: Clock) {}

  isLockedOut(address: string): boolean {
    return (this.#recent(address)?.tried.size ?? 0) >= FAILURES;
  }

  /** @returns whether that was one too many, for the log */
  failed(address: string, token: string): boolean {
    const before = this.#recent(address)?.tried ?? new Set();
    const tried = new Set([...before, createHash('sha256').update(token).digest('base64')]);
    this.#failures.set(address, { tried, lastMs: this.clock.now() });
    return tried.size === FAILURES && before.size < FAILURES;
  }

  succeeded(address: string): void {
    this.#failures.delete(address);
  }

  #recent(address: string): Failures | undefined {
    const failures = this.#failures.get(address);
    if (failures === undefined || this.clock.now() - failures.lastMs < LOCKED_MS) return failures;
    this.#failures.delete(address);
    return undefined;
  }
}
