import type { Clock } from '../clock.js';
import {
  AudioError,
  type CaptureDriver,
  type CaptureOptions,
  type CaptureStream,
  type OpenCapture,
} from './drivers.js';
import { FrameRing } from './frameRing.js';
import type { OwnEcho } from './ownEcho.js';
import { FRAME_SAMPLES, type PcmFrame } from './pcm.js';
import { levelDb } from './soundLevel.js';

/** More than any pre-roll, and as long as a listener may be busy without losing a word. */
const KEPT_MS = 3_000;

export interface MicrophoneOptions {
  readonly open: OpenCapture;
  readonly clock: Clock;
  /** An open microphone has been lost: `open` it again. */
  readonly onLost: (error: AudioError) => void;
  /** Knows what of the program itself is heard. Absent: nothing of it ever is. */
  readonly ownEcho?: OwnEcho;
}

/** What is known of a microphone's health. */
export interface MicrophoneStatus {
  /** The open device; undefined while there is none. */
  readonly name: string | undefined;
  /** Root mean square of the newest frame in dB of full scale, -100 for silence; undefined while none is open. */
  readonly levelDb: number | undefined;
  /** Since the start: how often the device dropped sound, and frames that a listener was too slow for. */
  readonly xruns: number;
  readonly lostFrames: number;
}

/**
 * A microphone that stays open between turns, across any number of devices and losses of them. It keeps the last three
 * seconds, so that each listener may begin in the past.
 */
export class Microphone implements CaptureDriver {
  readonly #options: MicrophoneOptions;
  #open: { readonly stream: CaptureStream; readonly ring: FrameRing } | undefined;
  #deaf = false;
  #answeredAtMs = 0;
  #lostFrames = 0;
  #earlierXruns = 0;

  constructor(options: MicrophoneOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#open?.stream.name ?? 'no microphone';
  }

  get status(): MicrophoneStatus {
    const { stream, ring } = this.#open ?? {};
    return {
      name: stream?.name,
      levelDb: ring && levelDb(ring.newest?.samples ?? new Int16Array(0)),
      xruns: this.#earlierXruns + (stream?.xruns ?? 0),
      lostFrames: this.#lostFrames,
    };
  }

  /** When the newest frame came, or the device was opened, on the clock; undefined while none is open. */
  get answeredAtMs(): number | undefined {
    return this.#open && this.#answeredAtMs;
  }

  /** Opens the device, in the place of an open one. @throws {AudioError}; the signal's reason */
  async open(signal: AbortSignal): Promise<void> {
    await this.close();
    const ring = new FrameRing(KEPT_MS);
    let failed: AudioError | undefined;
    const stream = await this.#options.open(
      {
        frame: (frame) => {
          this.#answeredAtMs = this.#options.clock.now();
          if (!this.#deaf) ring.push(this.#options.ownEcho?.heard(frame) ?? frame);
        },
        failed: (error) => {
          failed = error;
          ring.end(error);
          if (this.#open?.ring !== ring) return;
          this.#forget();
          this.#options.onLost(error);
        },
      },
      signal,
    );
    if (signal.aborted || failed) {
      await stream.close();
      throw failed ?? signal.reason;
    }
    this.#answeredAtMs = this.#options.clock.now();
    this.#open = { stream, ring };
  }

  /** Begins at the time of the call. @throws {AudioError} deviceLost, also where no device is open; the signal's reason */
  capture(options: CaptureOptions, signal: AbortSignal): AsyncGenerator<PcmFrame, void, undefined> {
    const { preRollMs = 0, ownSpeech = 'masked' } = options;
    return this.#frames(this.#options.clock.now() - preRollMs, ownSpeech, signal);
  }

  async *#frames(
    sinceMs: number,
    ownSpeech: 'masked' | 'heard',
    signal: AbortSignal,
  ): AsyncGenerator<PcmFrame, void, undefined> {
    signal.throwIfAborted();
    const ring = this.#open?.ring;
    if (!ring) throw new AudioError('deviceLost', 'The microphone is not open.');
    const missed = (frames: number) => {
      this.#lostFrames += frames;
    };
    for await (const frame of ring.read(sinceMs, missed, signal)) {
      yield ownSpeech === 'heard' ? frame : withoutSpeech(frame);
    }
  }

  /** While it is deaf it hears nothing, and forgets what it has heard before. */
  setDeaf(deaf: boolean): void {
    this.#deaf = deaf;
    this.#open?.ring.clear();
  }

  /** Never hangs, safe to call twice. */
  async close(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    this.#forget();
    open.ring.end(new AudioError('deviceLost', 'The microphone has been closed.'));
    await open.stream.close();
  }

  #forget(): void {
    this.#earlierXruns += this.#open?.stream.xruns ?? 0;
    this.#open = undefined;
  }
}

function withoutSpeech(frame: PcmFrame): PcmFrame {
  if (frame.echoDb === undefined) return frame;
  return { samples: new Int16Array(FRAME_SAMPLES), capturedAtMs: frame.capturedAtMs };
}
