import type { Clock } from '../../../hardware/clock.js';

/** More requests at once than a page makes when it is opened, some browsers at a time. */
const BURST = 100;
/** Then one in so many ms. */
const REFILL_MS = 50;
const ADDRESSES = 1_000;

/** Lets through as many requests from one address as people could make. */
export class RequestRate {
  readonly #buckets = new Map<string, { tokens: number; refilledMs: number }>();

  constructor(private readonly clock: Clock) {}

  passes(address: string): boolean {
    const nowMs = this.clock.now();
    const bucket = this.#buckets.get(address) ?? { tokens: BURST, refilledMs: nowMs };
    const earned = Math.floor((nowMs - bucket.refilledMs) / REFILL_MS);
    bucket.tokens = Math.min(BURST, bucket.tokens + earned);
    bucket.refilledMs += earned * REFILL_MS;
    this.#buckets.delete(address); // so that the map's order is that of the last requests
    this.#buckets.set(address, bucket);
    if (this.#buckets.size > ADDRESSES) this.#buckets.delete([...this.#buckets.keys()][0] ?? '');
    if (bucket.tokens <= 0) return false;
    bucket.tokens -= 1;
    return true;
  }
}
