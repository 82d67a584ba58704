import type { Clock } from '../../../hardware/clock.js';
import { FloodGate, type FloodLimit } from '../../streams/floodGate.js';
import { RecentAddresses } from './recentAddresses.js';

/** More requests at once than a page makes when it is opened, some browsers at a time. */
const REQUESTS: FloodLimit = { burst: 100, refillMs: 50 };

/** Lets through as many requests from one address as people could make. */
export class RequestRate {
  readonly #gates = new RecentAddresses<FloodGate>();

  constructor(private readonly clock: Clock) {}

  passes(address: string): boolean {
    const gate = this.#gates.get(address) ?? new FloodGate(this.clock, REQUESTS, () => {});
    this.#gates.set(address, gate);
    return gate.passes();
  }
}
