import type { Message } from './message.js';

/** Gestures that wait for a slow broker; a finger makes no more in a minute. */
const MAX_PASSING = 16;
/** More than this are never on their way at once. */
const MAX_SENDING = 8;

/**
 * What waits to be published. Of each retained topic only the newest value does, so that a slow broker costs memory for as
 * many messages as there are topics, however often they change.
 */
export class Outbox {
  /** The newest value of each retained topic, sent or not: a broker that comes back is told all of them again. */
  readonly #values = new Map<string, Message>();
  readonly #unsent = new Set<string>();
  #passing: Message[] = [];
  #sending = 0;
  #send: ((message: Message, done: () => void) => void) | undefined;

  /** Returns at once. A passing message is dropped while there is no broker: later it would mean something else. */
  put(message: Message): void {
    if (message.retain) {
      if (this.#values.get(message.topic)?.payload === message.payload) return;
      this.#values.set(message.topic, message);
      // A value that changes again goes behind those that wait longer.
      this.#unsent.delete(message.topic);
      this.#unsent.add(message.topic);
    } else if (this.#send) {
      this.#passing = [...this.#passing, message].slice(-MAX_PASSING);
    }
    this.#pump();
  }

  /**
   * A broker is there, and knows nothing yet.
   * @param send calls `done` when the broker has the message, or never will
   */
  open(send: (message: Message, done: () => void) => void): void {
    this.#send = send;
    this.#sending = 0;
    this.repeat();
  }

  /** Sends every value once more. */
  repeat(): void {
    for (const topic of this.#values.keys()) this.#unsent.add(topic);
    this.#pump();
  }

  /** It is gone. What was on its way is sent to the next. */
  close(): void {
    this.#send = undefined;
    this.#passing = [];
  }

  /** Waits to be sent. */
  get waiting(): number {
    return this.#unsent.size + this.#passing.length;
  }

  #pump(): void {
    const send = this.#send;
    while (send && send === this.#send && this.#sending < MAX_SENDING) {
      const next = this.#next();
      if (!next) return;
      this.#sending += 1;
      send(next, () => {
        if (send !== this.#send) return; // of a connection that is gone
        this.#sending -= 1;
        this.#pump();
      });
    }
  }

  #next(): Message | undefined {
    const passing = this.#passing.shift();
    if (passing) return passing;
    const [topic] = this.#unsent;
    if (topic === undefined) return undefined;
    this.#unsent.delete(topic);
    return this.#values.get(topic);
  }
}
