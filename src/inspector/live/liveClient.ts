import type { Clock } from '../../../hardware/clock.js';
import { FloodGate, type FloodLimit } from '../../streams/floodGate.js';
import type { ClientMessage } from '../protocol.js';
import { clientMessage } from './clientMessage.js';

/** What is used of a `WebSocket` of the package `ws`. */
export interface LiveSocket {
  /** What was sent and has not left this computer yet. */
  readonly bufferedAmount: number;
  send(text: string): void;
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
  on(event: 'message', listener: (data: unknown, isBinary: boolean) => void): unknown;
  on(event: 'pong' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What of the appliance a page shows. */
export type Watched = Omit<Extract<ClientMessage, { type: 'watch' }>, 'type'>;

/** Whoever has not taken so much does not keep up. */
const MAX_BEHIND_BYTES = 1_000_000;
/** Nothing heard for so long: asleep, or gone. */
const SILENT_MS = 30_000;
/** More than people make of a slider and a button. */
const MESSAGES: FloodLimit = { burst: 40, refillMs: 50 };
/** RFC 6455, 7.4.1: what was sent violates the policy. */
const POLICY_VIOLATION = 1008;

export interface LiveClientEvents {
  readonly onMessage: (message: ClientMessage) => void;
  /** Told once, whoever has ended it. */
  readonly onGone: () => void;
}

/** One page. Whoever does not keep up, falls silent or says what no page says is disconnected. */
export class LiveClient {
  watched: Watched = { trace: false, health: false, words: false };
  readonly #gate: FloodGate;
  #heardMs: number;
  #isGone = false;

  constructor(
    private readonly socket: LiveSocket,
    private readonly clock: Clock,
    private readonly events: LiveClientEvents,
  ) {
    this.#gate = new FloodGate(clock, MESSAGES, () => {});
    this.#heardMs = clock.now();
    socket.on('message', (data, isBinary) => this.#received(data, isBinary));
    socket.on('pong', () => {
      this.#heardMs = clock.now();
    });
    socket.on('close', () => this.#gone());
    socket.on('error', () => this.terminate()); // a frame that is none, or a connection that is
  }

  /** @param text a `ServerMessage` */
  send(text: string): void {
    if (this.#isGone) return;
    if (this.socket.bufferedAmount > MAX_BEHIND_BYTES) this.terminate();
    else this.socket.send(text);
  }

  /** Asks whether it is there still, unless it has not been for too long. */
  ping(): void {
    if (this.#isGone) return;
    if (this.clock.now() - this.#heardMs >= SILENT_MS) this.terminate();
    else this.socket.ping();
  }

  terminate(): void {
    this.socket.terminate();
    this.#gone();
  }

  #received(data: unknown, isBinary: boolean): void {
    if (this.#isGone) return;
    this.#heardMs = this.clock.now();
    const message = this.#gate.passes() ? clientMessage(data, isBinary) : undefined;
    if (message !== undefined) {
      this.events.onMessage(message);
      return;
    }
    this.socket.close(POLICY_VIOLATION, 'no page of this version says that, or so much');
    this.#gone();
  }

  #gone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.events.onGone();
  }
}
