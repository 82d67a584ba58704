import type { Clock } from '../../../hardware/clock.js';
import type { FlightRecorder, RecordedEvent } from '../../observability/flightRecorder.js';
import { Soon } from './soon.js';

/** What has happened, gathered so that nobody is told of every event on its own. */
export class LogFeed {
  #pending: RecordedEvent[] = [];
  readonly #soon: Soon;
  #unlisten: (() => void) | undefined;

  constructor(
    private readonly recorder: Pick<FlightRecorder, 'onEvent'>,
    clock: Clock,
    private readonly tell: (events: readonly RecordedEvent[]) => void,
  ) {
    this.#soon = new Soon(clock, () => this.flush());
  }

  start(): void {
    this.#unlisten ??= this.recorder.onEvent((event) => {
      this.#pending.push(event);
      this.#soon.ask();
    });
  }

  /** Tells now what is still to be told. */
  flush(): void {
    const events = this.#pending;
    this.#forget();
    if (events.length > 0) this.tell(events);
  }

  stop(): void {
    this.#unlisten?.();
    this.#unlisten = undefined;
    this.#forget();
  }

  #forget(): void {
    this.#pending = [];
    this.#soon.cancel();
  }
}
