import { type Clock, sleep } from '../clock.js';

/** How fast a sink that has no hardware takes sound: as fast as a loudspeaker would, or at once. */
export type PlaybackPace = 'realtime' | 'fast';

/** Where in time a piece of sound came to lie. */
export interface QueuedAt {
  /** When its first sample is heard, on the clock. */
  readonly heardAtMs: number;
  /** Samples of silence between what was queued before and this; 0 before the first. */
  readonly gapSamples: number;
}

/** Sound without a gap in it, from its first to behind its last sample, as it is or will be heard. */
interface Stretch {
  startMs: number;
  endMs: number;
}

/**
 * What is heard when: the queue of a playback device, as times on a clock. New sound joins the end of what is queued, or
 * begins a new stretch once that has run dry. With the pace 'fast', everything is heard the moment it is queued.
 */
export class PlaybackTimeline {
  #queuedSamples = 0;
  /** The last stretch, and those before it that may still be unheard. */
  #stretches: Stretch[] = [];
  readonly #wakers = new Set<() => void>();

  constructor(
    readonly sampleRateHz: number,
    readonly clock: Clock,
    readonly pace: PlaybackPace,
  ) {}

  /** Time until everything queued has been heard. */
  get leftMs(): number {
    return Math.max(0, (this.#stretches.at(-1)?.endMs ?? 0) - this.clock.now());
  }

  /** When the last sample queued will have been, or was, heard; minus infinity before the first. */
  get endMs(): number {
    return this.#stretches.at(-1)?.endMs ?? Number.NEGATIVE_INFINITY;
  }

  /** How much has been heard, silence between the pieces not counted. */
  get playedMs(): number {
    return Math.max(0, (this.#queuedSamples / this.sampleRateHz) * 1000 - this.#unheardMs());
  }

  /** Whether there would be silence between what was queued last and sound queued now. */
  hasRunDry(earliestMs: number): boolean {
    const last = this.#stretches.at(-1);
    return last !== undefined && this.#samplesIn(earliestMs - last.endMs) > 0;
  }

  /** When sound queued now would be heard. @param earliestMs when the device can sound at all */
  nextMs(earliestMs: number): number {
    return Math.max(earliestMs, this.#stretches.at(-1)?.endMs ?? earliestMs);
  }

  /** Queues sound behind the rest, at `earliestMs` or later. */
  append(samples: number, earliestMs: number): QueuedAt {
    const heardAtMs = this.nextMs(earliestMs);
    this.#queuedSamples += samples;
    if (this.pace === 'fast') return { heardAtMs, gapSamples: 0 };
    const last = this.#stretches.at(-1);
    const gapMs = last === undefined ? 0 : heardAtMs - last.endMs;
    if (last === undefined || gapMs > 0) {
      const nowMs = this.clock.now();
      this.#stretches = this.#stretches.filter(({ endMs }) => endMs > nowMs);
      this.#stretches.push({ startMs: heardAtMs, endMs: heardAtMs + this.#msOf(samples) });
    } else {
      last.endMs += this.#msOf(samples);
    }
    return { heardAtMs, gapSamples: this.#samplesIn(gapMs) };
  }

  /** Adds to the last sound without a gap, though it may have been heard to its end: the samples belong there. */
  extend(samples: number, earliestMs: number): void {
    const last = this.#stretches.at(-1);
    if (last === undefined) {
      this.append(samples, earliestMs);
    } else {
      this.#queuedSamples += samples;
      last.endMs += this.#msOf(samples);
    }
  }

  /** The device stood still from `fromMs` on: everything after that is heard `byMs` later. */
  delay(fromMs: number, byMs: number): void {
    for (const stretch of this.#stretches) {
      if (stretch.startMs > fromMs) stretch.startMs += byMs;
      if (stretch.endMs > fromMs) stretch.endMs += byMs;
    }
  }

  /** Takes back what has not been heard. @returns how many samples that was */
  cut(): number {
    const samples = Math.min(this.#queuedSamples, this.#samplesIn(this.#unheardMs()));
    this.#queuedSamples -= samples;
    const nowMs = this.clock.now();
    for (const stretch of this.#stretches) {
      stretch.startMs = Math.min(stretch.startMs, nowMs);
      stretch.endMs = Math.min(stretch.endMs, nowMs);
    }
    for (const wake of this.#wakers) wake();
    return samples;
  }

  /**
   * Waits until `leftMs()` is 0 or less; asks again after that time and after every cut.
   * @throws the signal's reason as soon as it is aborted
   */
  async waitWhile(leftMs: () => number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    for (let waitMs = leftMs(); waitMs > 0; waitMs = leftMs()) {
      await this.#sleepUnlessCut(waitMs, signal);
    }
  }

  async #sleepUnlessCut(waitMs: number, signal: AbortSignal): Promise<void> {
    const sleeping = new AbortController();
    const wake = () => sleeping.abort();
    this.#wakers.add(wake);
    signal.addEventListener('abort', wake, { once: true });
    try {
      await sleep(this.clock, waitMs, sleeping.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!sleeping.signal.aborted) throw error;
    } finally {
      this.#wakers.delete(wake);
      signal.removeEventListener('abort', wake);
    }
  }
  #unheardMs(): number {
    const nowMs = this.clock.now();
    return this.#stretches.reduce((sum, { startMs, endMs }) => sum + Math.max(0, endMs - Math.max(startMs, nowMs)), 0);
  }

  #msOf(samples: number): number {
    return (samples / this.sampleRateHz) * 1000;
  }

  #samplesIn(ms: number): number {
    return Math.round((ms * this.sampleRateHz) / 1000);
  }
}
