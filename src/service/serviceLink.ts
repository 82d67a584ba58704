import type { Clock } from '../../hardware/clock.js';
import { notifyMessage, type ServiceNews } from './notifyMessage.js';
import type { NotifySocket } from './notifySocket.js';

/** A manager whose queue is full is busy; it gets the news a moment later. */
const AGAIN_MS = 500;

/** Tells the service manager its news; what it cannot take now is kept until it can, together with what is new by then. */
export class ServiceLink {
  #status: string | undefined;
  #untold: ServiceNews = {};
  #timer: unknown;

  constructor(
    private readonly socket: Pick<NotifySocket, 'send' | 'close'>,
    private readonly clock: Clock,
  ) {}

  /** A status that has not changed is not told again. */
  tell({ status, ...news }: ServiceNews): void {
    const isNew = status !== undefined && status !== this.#status;
    if (isNew) this.#status = status;
    this.#untold = { ...this.#untold, ...news, ...(isNew && { status }) };
    this.#send();
  }

  close(): void {
    this.clock.clearTimeout(this.#timer);
    this.socket.close();
  }

  #send(): void {
    this.clock.clearTimeout(this.#timer);
    const message = notifyMessage(this.#untold);
    if (message === '') return;
    if (this.socket.send(message)) this.#untold = {};
    else this.#timer = this.clock.setTimeout(() => this.#send(), AGAIN_MS);
  }
}
