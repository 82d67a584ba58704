import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../clock.js';
import { AudioError } from './drivers.js';
import type { RawPlayer } from './pacedSink.js';

export interface AplayOptions {
  readonly sampleRateHz: number;
  /** ALSA device name. Default: `default`, which a desktop routes to PulseAudio or PipeWire. */
  readonly device?: string;
  /** The program. Default: `aplay` on the path. */
  readonly command?: string;
  /** Its environment. Default: this process's. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A device that has not opened by then will not. */
const OPEN_TIMEOUT_MS = 1_000;

/** The parameters are set right after the device has opened; where they are refused, aplay ends within this time. */
const SETTLE_MS = 50;

/** Enough for aplay's last words. */
const MAX_STDERR_CHARS = 2_000;

/** A process of `aplay` (Debian package alsa-utils) that plays mono 16-bit samples from its standard input. */
export class AplayProcess implements RawPlayer {
  readonly #child: ChildProcessByStdio<Writable, null, Readable>;
  readonly #watchers = new Set<() => void>();
  #stderr = '';
  #failure: AudioError | undefined;

  constructor(private readonly options: AplayOptions) {
    const { command = 'aplay', env } = options;
    this.#child = spawn(command, aplayArguments(options), {
      stdio: ['pipe', 'ignore', 'pipe'],
      ...(env === undefined ? {} : { env }),
    });
    // Writing to a player that has just died: its exit says more.
    this.#child.stdin.on('error', () => {});
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-MAX_STDERR_CHARS);
      this.#changed();
    });
    this.#child.on('error', (error) => this.#fail(spawnFailure(command, error)));
    this.#child.on('close', () => this.#fail(deviceFailure(this.options, this.#stderr)));
  }

  get failure(): AudioError | undefined {
    return this.#failure;
  }

  /** @throws {AudioError} deviceMissing, deviceBusy or deviceLost, in about a second; the process has ended then */
  async opened(clock: Clock): Promise<void> {
    try {
      // It announces what it plays once the device is open, in the user's language, but always with this word.
      if (!(await this.#until(() => this.#stderr.includes('stdin'), clock, OPEN_TIMEOUT_MS))) {
        throw new AudioError('deviceBusy', `The speaker did not open within ${OPEN_TIMEOUT_MS} ms. Is it in use?`);
      }
      await this.#until(() => false, clock, SETTLE_MS);
    } catch (error) {
      this.kill();
      throw error;
    }
  }

  write(samples: Int16Array): void {
    const { stdin } = this.#child;
    // Samples are little endian on every processor that Node is published for but s390x.
    stdin.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
    const oneSecondBytes = this.options.sampleRateHz * Int16Array.BYTES_PER_ELEMENT;
    if (stdin.writableLength <= oneSecondBytes) return;
    this.#fail(new AudioError('deviceLost', 'The speaker has stopped taking sound. Check that it is still connected.'));
    this.kill();
  }

  kill(): void {
    this.#fail(new AudioError('deviceLost', 'The speaker has been closed.'));
    this.#child.kill('SIGKILL');
  }

  /** The first reason is the true one; what follows are its consequences. */
  #fail(failure: AudioError): void {
    this.#failure ??= failure;
    this.#changed();
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** @returns whether it came true in time. @throws {AudioError} when the process ends before that */
  #until(condition: () => boolean, clock: Clock, timeoutMs: number): Promise<boolean> {
    return new Promise<boolean>((resolve, reject) => {
      const look = () => {
        if (this.#failure !== undefined) settle(() => reject(this.#failure));
        else if (condition()) settle(() => resolve(true));
      };
      const timer = clock.setTimeout(() => settle(() => resolve(false)), timeoutMs);
      const settle = (outcome: () => void) => {
        this.#watchers.delete(look);
        clock.clearTimeout(timer);
        outcome();
      };
      this.#watchers.add(look);
      look();
    });
  }
}

function aplayArguments({ device, sampleRateHz }: AplayOptions): string[] {
  return [
    ...(device === undefined ? [] : ['-D', device]),
    ...['-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', String(sampleRateHz)],
    // Microseconds. By default it takes half a second and starts only when that is full.
    ...['--buffer-time=120000', '--period-time=20000', '--start-delay=40000', '-'],
  ];
}

function spawnFailure(command: string, cause: NodeJS.ErrnoException): AudioError {
  const message =
    cause.code === 'ENOENT'
      ? `There is no program ${command} to play sound with. Install it: sudo apt install alsa-utils`
      : `${command} does not start: ${cause.message}.`;
  return new AudioError('deviceMissing', message, { cause });
}

function deviceFailure({ device = 'default' }: AplayOptions, stderr: string): AudioError {
  // ALSA's library may say a dozen lines before; the cause is in aplay's own.
  const lines = stderr.split('\n').filter((line) => line.startsWith('aplay:'));
  const said = lines.at(-1) ?? stderr.trim().split('\n').at(-1) ?? '';
  if (/busy/i.test(stderr)) {
    return new AudioError(
      'deviceBusy',
      `The speaker "${device}" is in use by another program (${said}). Close that one.`,
    );
  }
  if (/audio open error/.test(said)) {
    const remedy = 'Connect one, or choose another: aplay -L lists them.';
    return new AudioError('deviceMissing', `There is no speaker "${device}" (${said}). ${remedy}`);
  }
  return new AudioError('deviceLost', `The speaker "${device}" no longer plays (${said}). Check that it is connected.`);
}
