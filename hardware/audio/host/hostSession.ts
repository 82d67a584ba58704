import type { Clock } from '../../clock.js';
import { AudioError } from '../drivers.js';
import type { HostProcess } from './hostProcess.js';
import type { FromHost, HostRequest, PlaybackCommand } from './hostProtocol.js';

export interface HostSessionOptions {
  readonly host: HostProcess;
  readonly clock: Clock;
  /** Whom messages are about: "microphone", "speaker". */
  readonly subject: string;
}

/** Nothing is told after `failed`, nor after the session was closed. */
export interface HostListener {
  message(message: FromHost): void;
  failed(error: AudioError): void;
}

/** A device that has not opened by then will not. */
export const OPEN_LIMIT_MS = 3_000;

/** An open device that says nothing for so long is gone or hangs. */
export const SILENCE_LIMIT_MS = 1_500;

/** The end of that, as a second look: when this process itself was late, the child's messages are read before it. */
const SECOND_LOOK_MS = 100;

/** A killed process is gone in a millisecond, unless it is stuck in the kernel: then nobody waits for it. */
const EXIT_LIMIT_MS = 1_000;

/** A process with a device, from opening to its end: watches that it is alive, and says once when it is not. */
export class HostSession {
  readonly #host: HostProcess;
  readonly #clock: Clock;
  readonly #subject: string;
  readonly #exited: Promise<void>;
  #listener: HostListener | undefined;
  #watchdog: { readonly timer: unknown } | undefined;
  #heardAtMs = 0;
  #failure: AudioError | undefined;
  #closed = false;

  constructor({ host, clock, subject }: HostSessionOptions) {
    this.#host = host;
    this.#clock = clock;
    this.#subject = subject;
    host.onMessage((message) => this.#onMessage(message));
    this.#exited = new Promise((resolve) => {
      host.onExit((how, lastWords) => {
        this.#fail(new AudioError('deviceLost', `The ${subject}'s process ended (${how}).${lastLine(lastWords)}`));
        resolve();
      });
    });
  }

  get failure(): AudioError | undefined {
    return this.#failure;
  }

  /**
   * Has it do `request`. When this throws, the process has been killed.
   * @returns its first message
   * @throws {AudioError} what it reports; deviceLost, when it does not answer in 3 s or dies; the signal's reason when aborted
   */
  async open(request: HostRequest, signal: AbortSignal): Promise<FromHost> {
    let timer: unknown;
    const onAbort = () => this.#fail(new AudioError('deviceLost', `Opening the ${this.#subject} was given up.`));
    try {
      signal.throwIfAborted();
      signal.addEventListener('abort', onAbort, { once: true });
      const opened = new Promise<FromHost>((resolve, reject) => {
        this.#listener = { message: resolve, failed: reject };
      });
      timer = this.#clock.setTimeout(() => this.#fail(noAnswer(this.#subject)), OPEN_LIMIT_MS);
      if (this.#failure !== undefined) throw this.#failure;
      this.#host.send(request);
      return await opened;
    } catch (error) {
      await this.close();
      signal.throwIfAborted();
      throw error;
    } finally {
      this.#clock.clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      this.#listener = undefined;
    }
  }

  /** From now on it has to say something every 1.5 s. */
  listen(listener: HostListener): void {
    this.#listener = listener;
    if (this.#failure !== undefined) listener.failed(this.#failure);
    else this.#watch();
  }

  send(command: PlaybackCommand): void {
    if (!this.#closed) this.#host.send(command);
  }

  /** Ends the process. Never hangs, safe to call twice. */
  async close(): Promise<void> {
    this.#end();
    let timer: unknown;
    const limit = new Promise<void>((resolve) => {
      timer = this.#clock.setTimeout(resolve, EXIT_LIMIT_MS);
    });
    await Promise.race([this.#exited, limit]);
    this.#clock.clearTimeout(timer);
  }

  #onMessage(message: FromHost): void {
    if (this.#closed) return;
    this.#heardAtMs = this.#clock.now();
    if (message.kind === 'failed') this.#fail(new AudioError(message.reason, message.message));
    else this.#listener?.message(message);
  }

  #watch(): void {
    this.#heardAtMs = this.#clock.now();
    const firstLookMs = SILENCE_LIMIT_MS - SECOND_LOOK_MS;
    const look = () => {
      const silentMs = this.#clock.now() - this.#heardAtMs;
      if (silentMs < firstLookMs) again(look, firstLookMs - silentMs);
      else again(lastLook, SECOND_LOOK_MS);
    };
    const lastLook = () => {
      if (this.#clock.now() - this.#heardAtMs < firstLookMs) look();
      else this.#fail(new AudioError('deviceLost', silence(this.#subject)));
    };
    const again = (next: () => void, delayMs: number) => {
      this.#watchdog = { timer: this.#clock.setTimeout(next, delayMs) };
    };
    again(look, firstLookMs);
  }

  #fail(error: AudioError): void {
    if (this.#closed) return;
    this.#failure = error;
    this.#end();
    this.#listener?.failed(error);
  }

  #end(): void {
    this.#closed = true;
    if (this.#watchdog !== undefined) this.#clock.clearTimeout(this.#watchdog.timer);
    this.#watchdog = undefined;
    this.#host.kill();
  }
}

function noAnswer(subject: string): AudioError {
  return new AudioError('deviceLost', `The ${subject} did not answer within ${OPEN_LIMIT_MS} ms. Reconnect it.`);
}

function silence(subject: string): string {
  return `The ${subject} has stopped working: nothing came from it for ${SILENCE_LIMIT_MS} ms. Check that it is connected.`;
}

function lastLine(stderr: string): string {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  return line === '' ? '' : ` It last said: ${line}`;
}
