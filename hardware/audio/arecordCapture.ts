import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { type Clock, sleep } from '../clock.js';
import { MICROPHONE } from './alsaFailure.js';
import { AlsaProcess, alsaEnvironment } from './alsaProcess.js';
import { AudioError, type CaptureListener, type CaptureStream, type OpenCapture } from './drivers.js';
import { FrameCutter } from './frameCutter.js';
import { CAPTURE_RATE_HZ } from './pcm.js';

export interface ArecordOptions {
  readonly clock: Clock;
  /**
   * ALSA device name. Default: `default`, which a desktop routes to PulseAudio or PipeWire. A card's own device
   * (`hw:1,0`) must have 16 kHz and one channel itself; `plughw:1,0` converts.
   */
  readonly device?: string;
  /** The program. Default: `arecord` on the path. */
  readonly command?: string;
  /** Its environment. Default: this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** For a microphone that is too soft (dB). Default 0. */
  readonly gainDb?: number;
}

/** From the start of the program to the first sound. A USB microphone that sleeps takes a second. */
const OPEN_TIMEOUT_MS = 3_000;

/** A microphone that gives nothing for so long hangs; even silence is samples. */
const SILENT_MS = 1_500;

/** The last part of it: gives a main thread that was busy the time to read what has been waiting. */
const SECOND_LOOK_MS = 100;

/** A killed process that is still there then is stuck in a driver: nothing can be done about it. */
const CLOSE_TIMEOUT_MS = 500;

/**
 * A microphone through `arecord` (Debian package alsa-utils), the driver of last resort: needs no library, and a process
 * can always be ended. It is open once its first sound has come.
 */
export function arecordCapture(options: ArecordOptions): OpenCapture {
  return async (listener, signal) => {
    signal.throwIfAborted();
    const stream = new ArecordStream(options, listener);
    await stream.opened(signal);
    return stream;
  };
}

/** Only an open stream tells its listener. */
type State = 'opening' | 'open' | 'closed';

class ArecordStream implements CaptureStream {
  readonly name: string;
  readonly #clock: Clock;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #process: AlsaProcess;
  readonly #frames: FrameCutter;
  #state: State = 'opening';
  #heardAtMs = 0;
  #watch: unknown;
  #xruns = 0;

  constructor(
    options: ArecordOptions,
    private readonly listener: CaptureListener,
  ) {
    const { clock, device, command = 'arecord', env = process.env, gainDb = 0 } = options;
    this.name = device === undefined ? 'arecord' : `arecord ${device}`;
    this.#clock = clock;
    this.#frames = new FrameCutter(gainDb);
    this.#child = spawn(command, arecordArguments(device), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: alsaEnvironment(env),
    });
    this.#process = new AlsaProcess(
      this.#child,
      { role: MICROPHONE, command, ...(device === undefined ? {} : { device }) },
      {
        failed: (error) => this.#failed(error),
        xrun: () => {
          this.#xruns += 1;
        },
      },
    );
    this.#child.stdout.on('data', (bytes: Buffer) => this.#take(bytes));
  }

  get xruns(): number {
    return this.#xruns;
  }

  /** @throws {AudioError}; the signal's reason */
  async opened(signal: AbortSignal): Promise<void> {
    try {
      const heard = () => this.#state === 'open';
      if (!(await this.#process.until(heard, this.#clock, OPEN_TIMEOUT_MS, signal))) {
        const message = `The microphone gave no sound within ${OPEN_TIMEOUT_MS} ms. Is it in use?`;
        throw new AudioError('deviceBusy', message);
      }
    } catch (error) {
      // Whoever tries again at once must not find the device in use by us.
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#end();
    const exited = new AbortController();
    const gone = this.#process.gone.then(() => exited.abort());
    await Promise.race([gone, sleep(this.#clock, CLOSE_TIMEOUT_MS, exited.signal).catch(() => {})]);
  }

  #take(bytes: Buffer): void {
    if (this.#state === 'closed') return;
    this.#heardAtMs = this.#clock.now();
    if (this.#state === 'opening') {
      this.#state = 'open';
      this.#process.changed();
      this.#watchOver();
    }
    for (const frame of this.#frames.cut(bytes, this.#heardAtMs)) {
      // A listener may close the stream at any frame.
      if (this.#process.failure === undefined) this.listener.frame(frame);
    }
  }

  /** Looks twice after the last sound before it gives the microphone up. */
  #watchOver(): void {
    const sinceMs = this.#heardAtMs;
    const look = (inMs: number, nothingHeard: () => void) => {
      const isSilent = () => (this.#heardAtMs === sinceMs ? nothingHeard() : this.#watchOver());
      this.#watch = this.#clock.setTimeout(isSilent, inMs);
    };
    const firstLookMs = sinceMs + SILENT_MS - SECOND_LOOK_MS - this.#clock.now();
    look(Math.max(0, firstLookMs), () => look(SECOND_LOOK_MS, () => this.#giveUp()));
  }

  #giveUp(): void {
    const message = `The microphone has given no sound for ${SILENT_MS} ms. Check that it is still connected.`;
    this.#process.fail(new AudioError('deviceLost', message));
  }

  #failed(error: AudioError): void {
    const wasOpen = this.#state === 'open';
    this.#end();
    if (wasOpen) this.listener.failed(error);
  }

  #end(): void {
    this.#state = 'closed';
    this.#clock.clearTimeout(this.#watch);
    this.#process.kill(new AudioError('deviceLost', 'The microphone has been closed.'));
  }
}

function arecordArguments(device: string | undefined): string[] {
  return [
    ...(device === undefined ? [] : ['-D', device]),
    ...['-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', String(CAPTURE_RATE_HZ)],
    // Microseconds. Sound is handed over after each period; the rest bridges a busy machine.
    ...['--buffer-time=500000', '--period-time=20000', '-'],
  ];
}
