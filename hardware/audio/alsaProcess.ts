import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Clock } from '../clock.js';
import { type AlsaRole, deviceFailure, formatFailure, spawnFailure } from './alsaFailure.js';
import type { AudioError } from './drivers.js';

/** What is told about a process of alsa-utils. Nothing is told after it was killed. */
export interface AlsaListener {
  /** It has ended by itself, or could not be started. */
  failed?(error: AudioError): void;
  /** The device had too little to play, or more sound than was taken from it. */
  xrun?(): void;
}

export interface AlsaProcessOptions {
  readonly role: AlsaRole;
  readonly command: string;
  /** ALSA device name. Default: `default`. */
  readonly device?: string;
}

const DEFAULT_DEVICE = 'default';

/** Enough for its last words. */
const MAX_STDERR_CHARS = 2_000;

/** English, because the messages are read; ALSA's programs are translated. */
export function alsaEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, LC_ALL: 'C' };
}

/** A running program of alsa-utils: what it says, whether it has failed, and its end. */
export class AlsaProcess {
  readonly #watchers = new Set<() => void>();
  readonly #gone: Promise<void>;
  #stderr = '';
  /** The begin of a line whose end has not come yet. */
  #line = '';
  #failure: AudioError | undefined;

  constructor(
    private readonly child: ChildProcess & { readonly stderr: Readable },
    private readonly options: AlsaProcessOptions,
    private readonly listener: AlsaListener,
  ) {
    const { role, command, device = DEFAULT_DEVICE } = options;
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#said(text));
    child.on('error', (error) => this.fail(spawnFailure(role, command, error)));
    child.on('close', () => this.fail(deviceFailure(role, device, this.#stderr)));
    this.#gone = new Promise((resolve) => {
      child.on('error', () => resolve());
      child.on('exit', () => resolve());
    });
  }

  get failure(): AudioError | undefined {
    return this.#failure;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Resolves when the process has ended. */
  get gone(): Promise<void> {
    return this.#gone;
  }

  /** Tells why it no longer works, unless that is known: the first reason is the true one, others are consequences. */
  fail(failure: AudioError): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    this.changed();
    this.listener.failed?.(failure);
  }

  /** Ends it at once, without a word to the listener. Safe to call twice. */
  kill(failure: AudioError): void {
    this.#failure ??= failure;
    this.changed();
    this.#end();
  }

  /** Has those look again who wait in `until`. */
  changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /**
   * @returns whether it came true in time
   * @throws {AudioError} when the process ends before that
   * @throws the signal's reason as soon as it is aborted
   */
  until(condition: () => boolean, clock: Clock, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    return new Promise<boolean>((resolve, reject) => {
      const look = () => {
        if (signal.aborted) settle(() => reject(signal.reason));
        else if (this.#failure !== undefined) settle(() => reject(this.#failure));
        else if (condition()) settle(() => resolve(true));
      };
      const timer = clock.setTimeout(() => settle(() => resolve(false)), timeoutMs);
      const settle = (outcome: () => void) => {
        this.#watchers.delete(look);
        signal.removeEventListener('abort', look);
        clock.clearTimeout(timer);
        outcome();
      };
      this.#watchers.add(look);
      signal.addEventListener('abort', look);
      look();
    });
  }

  #said(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-MAX_STDERR_CHARS);
    const lines = (this.#line + text).split('\n');
    this.#line = (lines.pop() ?? '').slice(-MAX_STDERR_CHARS);
    for (const line of lines) this.#saidLine(line);
    this.changed();
  }

  #saidLine(line: string): void {
    // "overrun!!! (at least 12.345 ms long)"
    if (/^(?:overrun|underrun)!!!/.test(line)) this.listener.xrun?.();
    // "Warning: rate is not accurate (requested = 16000Hz, got = 48000Hz)": it would go on three times too fast.
    if (!/rate is not accurate/.test(line)) return;
    const { role, device = DEFAULT_DEVICE } = this.options;
    this.fail(formatFailure(role.device, device, line.trim()));
    this.#end();
  }

  #end(): void {
    // Until Node has told that a program could not be started, its kill() would go to process 0: to our whole group.
    if (this.child.pid !== undefined) this.child.kill('SIGKILL');
  }
}
