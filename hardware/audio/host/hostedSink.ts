import { sleep } from '../../clock.js';
import type { PlaybackSink } from '../playbackQueue.js';
import type { PlaybackTimeline } from '../playbackTimeline.js';
import type { PlaybackProgress } from './hostProtocol.js';
import type { HostSession } from './hostSession.js';

export interface HostedSinkOptions {
  readonly session: HostSession;
  readonly timeline: PlaybackTimeline;
  readonly hostNowMs: () => number;
  /** From a sample sent to the host until it is heard, as far as known before anything was played. */
  readonly latencyMs: number;
}

/** Less than this the timeline may be off: corrections that small are jitter. */
const TOLERANCE_MS = 2;

/** Longer than the last period of any sound card, which is cut off when the card is closed. */
const SETTLE_MS = 60;

/** Sends sound to a host process at once, and mends the timeline by what that reports. */
export class HostedSink implements PlaybackSink {
  readonly #options: HostedSinkOptions;
  #latencyMs: number;
  /** Counts flushes, so that a report from before the last one is not believed. */
  #epoch = 0;
  #sentSamples = 0;
  #xruns = 0;
  #answeredAtMs: number;

  constructor(options: HostedSinkOptions) {
    this.#options = options;
    this.#latencyMs = options.latencyMs;
    this.#answeredAtMs = options.timeline.clock.now();
  }

  /** How often the device ran dry because sound did not come in time. */
  get xruns(): number {
    return this.#xruns;
  }

  /** When the host last reported, or was opened, on the timeline's clock (ms). */
  get answeredAtMs(): number {
    return this.#answeredAtMs;
  }

  earliestMs(): number {
    return this.#options.timeline.clock.now() + this.#latencyMs;
  }

  async write(samples: Int16Array): Promise<void> {
    const { session } = this.#options;
    if (session.failure !== undefined) throw session.failure;
    this.#sentSamples += samples.length;
    session.send({ kind: 'sound', samples });
  }

  /** Nothing to do: the host fills every gap itself. */
  silence(): void {}

  /** All that is unheard, as always: the host knows best how much that is. */
  cut(): void {
    this.#epoch++;
    this.#sentSamples = 0;
    this.#options.session.send({ kind: 'flush', epoch: this.#epoch });
  }

  setGain(gain: number): void {
    this.#options.session.send({ kind: 'gain', gain });
  }

  /** The device's word on when it plays what: a stall or a clock that is off moves all that follows. */
  follow({ epoch, takenSamples, heardAtMs, latencyMs, xruns }: PlaybackProgress): void {
    this.#xruns = xruns;
    this.#latencyMs = latencyMs;
    this.#answeredAtMs = this.#options.timeline.clock.now();
    if (epoch !== this.#epoch || takenSamples === 0) return;
    const { timeline, hostNowMs } = this.#options;
    const nowMs = timeline.clock.now();
    // What is left plays without a gap behind the last sample that was taken.
    const leftMs = ((this.#sentSamples - takenSamples) / timeline.sampleRateHz) * 1000;
    const endMs = nowMs + (heardAtMs - hostNowMs()) + leftMs;
    const byMs = endMs - timeline.endMs;
    if (Math.abs(byMs) < TOLERANCE_MS) return;
    const lastUnheardMs = Math.min(nowMs, timeline.endMs - TOLERANCE_MS);
    timeline.delay(lastUnheardMs, byMs);
  }

  /** Right after the last sound it waits a little: a card may still hold what it says it has played. */
  async close(): Promise<void> {
    const { clock, endMs } = this.#options.timeline;
    const leftMs = endMs + SETTLE_MS - clock.now();
    if (leftMs > 0 && leftMs <= SETTLE_MS) await sleep(clock, leftMs, new AbortController().signal);
    await this.discard();
  }

  discard(): Promise<void> {
    return this.#options.session.close();
  }
}
