import type { ButtonDriver, ButtonEdge } from './drivers.js';
import { EdgeQueue } from './edgeQueue.js';

/** For an assistant without a button: nobody ever presses it. */
export class NoButton implements ButtonDriver {
  readonly name = 'no button';

  edges(signal: AbortSignal): AsyncIterable<ButtonEdge> {
    return new EdgeQueue().edges(signal);
  }
}
