import { type ClientMessage, PROTOCOL_VERSION, type ServerMessage, SUBPROTOCOL } from '../protocol.js';
import { reconnectDelayMs } from '../view/reconnectDelay.js';
import type { ViewChange } from '../view/viewState.js';
import { sameWatch, type WatchMessage } from '../view/watchFor.js';
import { findOutWhyRefused } from './refusedConnection.js';
import { reloadOnce } from './reloadOnce.js';

/** Who has no valid token is disconnected with this code. */
const UNAUTHORISED = 4401;

/** A page that was hidden for so long asks for everything anew: phones drop connections without a word. */
const STALE_AFTER_MS = 30_000;

/**
 * The connection to the appliance. Comes back by itself: after a growing pause, and at once when the page is seen again or
 * the network is back. What the page watches is said again then.
 */
export class LiveConnection {
  #socket: WebSocket | undefined;
  #attempt = 0;
  #timer: number | undefined;
  #watch: WatchMessage | undefined;
  #hiddenSince: number | undefined;
  #program: string | undefined;

  constructor(private readonly change: (change: ViewChange) => void) {}

  /** Connects, and stays connected until `signal` is aborted. */
  start(signal: AbortSignal): void {
    this.#connect();
    window.addEventListener('online', () => this.#connect(), { signal });
    document.addEventListener('visibilitychange', () => this.#seenOrHidden(), { signal });
    signal.addEventListener('abort', () => {
      clearTimeout(this.#timer);
      this.#close();
    });
  }

  /** What is shown from now on. Said only when it is something else than before. */
  watch(watch: WatchMessage): void {
    if (this.#watch && sameWatch(this.#watch, watch)) return;
    this.#watch = watch;
    this.send(watch);
  }

  /** Without a connection it is lost: nobody wants a button pressed a minute later. */
  readonly send = (message: ClientMessage): void => {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  };

  /** At once, in place of any connection that there is. */
  #connect(): void {
    clearTimeout(this.#timer);
    this.#close();
    const socket = new WebSocket(liveUrl(), SUBPROTOCOL);
    this.#socket = socket;
    let wasOpen = false;
    socket.addEventListener('open', () => {
      wasOpen = true;
      if (this.#watch) this.send(this.#watch);
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#received(String(data));
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.#socket) void this.#lost(code, wasOpen);
    });
  }

  #close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #received(text: string): void {
    const message: ServerMessage = JSON.parse(text);
    if (message.type === 'snapshot') {
      const isOutdated = message.version !== PROTOCOL_VERSION || (this.#program ?? message.program) !== message.program;
      if (isOutdated && reloadOnce()) return;
      if (message.version !== PROTOCOL_VERSION) {
        this.change({ type: 'connection', connection: 'outdated' });
        return;
      }
      this.#program = message.program;
      this.#attempt = 0;
    }
    this.change({ type: 'received', message, receivedAt: Date.now() });
  }

  async #lost(code: number, wasOpen: boolean): Promise<void> {
    this.#socket = undefined;
    this.#attempt += 1;
    if (code === UNAUTHORISED) {
      this.#signedOut();
      return;
    }
    this.change({ type: 'connection', connection: 'lost' });
    this.#timer = window.setTimeout(() => this.#connect(), reconnectDelayMs(this.#attempt, Math.random()));
    if (wasOpen) return;
    const reason = await findOutWhyRefused();
    if (this.#socket !== undefined) return;
    if (reason === 'signedOut') this.#signedOut();
    if (reason === 'outdated' && !reloadOnce()) this.change({ type: 'connection', connection: 'outdated' });
  }

  /** Trying on would look like guessing a token. Whoever has signed in meanwhile comes back to the page, and is seen. */
  #signedOut(): void {
    clearTimeout(this.#timer);
    this.change({ type: 'connection', connection: 'signedOut' });
  }

  #seenOrHidden(): void {
    if (document.visibilityState === 'hidden') {
      this.#hiddenSince = Date.now();
      return;
    }
    const isStale = this.#hiddenSince !== undefined && Date.now() - this.#hiddenSince > STALE_AFTER_MS;
    const isGone = this.#socket === undefined || this.#socket.readyState >= WebSocket.CLOSING;
    this.#hiddenSince = undefined;
    if (isStale || isGone) this.#connect();
  }
}

function liveUrl(): string {
  const url = new URL('/live', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
