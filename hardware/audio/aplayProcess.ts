import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../clock.js';
import { SPEAKER } from './alsaFailure.js';
import { type AlsaListener, AlsaProcess, alsaEnvironment } from './alsaProcess.js';
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

/** A process of `aplay` (Debian package alsa-utils) that plays mono 16-bit samples from its standard input. */
export class AplayProcess implements RawPlayer {
  readonly #child: ChildProcessByStdio<Writable, null, Readable>;
  readonly #process: AlsaProcess;

  constructor(
    private readonly options: AplayOptions,
    listener: AlsaListener = {},
  ) {
    const { command = 'aplay', env = process.env } = options;
    this.#child = spawn(command, aplayArguments(options), {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: alsaEnvironment(env),
    });
    // Writing to a player that has just died: its exit says more.
    this.#child.stdin.on('error', () => {});
    this.#process = new AlsaProcess(this.#child, { ...options, role: SPEAKER, command }, listener);
  }

  get failure(): AudioError | undefined {
    return this.#process.failure;
  }

  /**
   * @throws {AudioError} deviceMissing, deviceBusy, unsupported or deviceLost, in about a second
   * @throws the signal's reason as soon as it is aborted. The process has ended in either case.
   */
  async opened(clock: Clock, signal: AbortSignal): Promise<void> {
    try {
      // It announces what it plays once the device is open, always with this word.
      const announced = () => this.#process.stderr.includes('stdin');
      if (!(await this.#process.until(announced, clock, OPEN_TIMEOUT_MS, signal))) {
        throw new AudioError('deviceBusy', `The speaker did not open within ${OPEN_TIMEOUT_MS} ms. Is it in use?`);
      }
      await this.#process.until(() => false, clock, SETTLE_MS, signal);
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
    const message = 'The speaker has stopped taking sound. Check that it is still connected.';
    this.#process.fail(new AudioError('deviceLost', message));
    this.kill();
  }

  kill(): void {
    this.#process.kill(new AudioError('deviceLost', 'The speaker has been closed.'));
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
