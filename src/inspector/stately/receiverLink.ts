import { WebSocket } from 'ws';
import type { Clock } from '../../../hardware/clock.js';
import type { StatelyEvent } from './statelyEvents.js';

/** After a connection that was refused or lost; the wait doubles up to the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Events that wait for a receiver, the newest. */
const QUEUE = 200;

/** A receiver that does not keep up misses events, rather than that they pile up here. */
const MAX_BUFFERED_BYTES = 2 ** 20;

export interface ReceiverLinkOptions {
  /** `ws://host:port`. */
  readonly url: string;
  readonly clock: Clock;
  /** Told when a receiver is there, and once when it is not, with the reason. */
  readonly onConnected: () => void;
  readonly onLost: (reason: string) => void;
  /** Who is told to a receiver that has just come. */
  readonly introduction: () => readonly StatelyEvent[];
}

/** A connection to a receiver of inspection events that is made again whenever it is lost. Nobody waits for it. */
export class ReceiverLink {
  readonly #options: ReceiverLinkOptions;
  #socket: WebSocket | undefined;
  #queue: StatelyEvent[] = [];
  #waitMs = FIRST_WAIT_MS;
  #timer: unknown;
  #isLost = false;
  #isClosed = false;

  constructor(options: ReceiverLinkOptions) {
    this.#options = options;
    this.#connect();
  }

  send(event: StatelyEvent): void {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) {
      this.#queue = [...this.#queue.slice(-QUEUE + 1), event];
    } else if (socket.bufferedAmount < MAX_BUFFERED_BYTES) socket.send(JSON.stringify(event));
  }

  close(): void {
    this.#isClosed = true;
    this.#options.clock.clearTimeout(this.#timer);
    this.#socket?.terminate();
  }

  #connect(): void {
    const { url, clock, onConnected, onLost, introduction } = this.#options;
    const socket = new WebSocket(url, { handshakeTimeout: LONGEST_WAIT_MS, maxPayload: MAX_BUFFERED_BYTES });
    this.#socket = socket;
    let reason = 'it has closed the connection';
    socket.on('open', () => {
      this.#waitMs = FIRST_WAIT_MS;
      this.#isLost = false;
      onConnected();
      for (const event of introduction()) this.send(event);
      for (const event of this.#queue.splice(0)) this.send(event);
    });
    socket.on('message', () => {}); // a receiver has nothing to say here: nobody steers the assistant through it
    socket.on('error', (error) => {
      reason = error.message;
    });
    socket.on('close', () => {
      if (this.#isClosed) return;
      if (!this.#isLost) onLost(reason);
      this.#isLost = true;
      this.#timer = clock.setTimeout(() => this.#connect(), this.#waitMs);
      this.#waitMs = Math.min(LONGEST_WAIT_MS, 2 * this.#waitMs);
    });
  }
}
