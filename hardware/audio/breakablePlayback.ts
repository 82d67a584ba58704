import { withAnySignal } from '../withAnySignal.js';
import { AudioError, type PlaybackDriver, type PlaybackStream } from './drivers.js';
import type { PcmAudio } from './pcm.js';

/** A playback driver whose device may go at any time: then all that waits is told, and nothing waits any more. */
export class BreakablePlayback implements PlaybackStream {
  readonly #broken = new AbortController();
  #end: Promise<void> | undefined;

  /** @param countXruns how often the device ran dry because sound did not come in time */
  constructor(
    private readonly driver: PlaybackDriver,
    private readonly countXruns: () => number,
    private readonly onFailed: (error: AudioError) => void,
  ) {}

  get name(): string {
    return this.driver.name;
  }

  get sampleRateHz(): number {
    return this.driver.sampleRateHz;
  }

  get playedMs(): number {
    return this.driver.playedMs;
  }

  get xruns(): number {
    return this.countXruns();
  }

  play(pcm: PcmAudio, signal: AbortSignal): Promise<{ heardAtMs: number }> {
    return withAnySignal([signal, this.#broken.signal], (either) => this.driver.play(pcm, either));
  }

  drained(signal: AbortSignal): Promise<void> {
    return withAnySignal([signal, this.#broken.signal], (either) => this.driver.drained(either));
  }

  flush(): void {
    // A flush may replace the player, and there is none any more.
    if (!this.#broken.signal.aborted) this.driver.flush();
  }

  setGain(gain: number): void {
    this.driver.setGain(gain);
  }

  duck(factor: number): void {
    this.driver.duck(factor);
  }

  close(): Promise<void> {
    this.#end ??= this.driver.close();
    return this.#end;
  }

  discard(): Promise<void> {
    this.#end ??= this.driver.discard();
    return this.#end;
  }

  /** The device is gone. Tells who opened it, unless that one has closed it or knows already. */
  fail(error: AudioError): void {
    if (this.#end !== undefined) return;
    this.#broken.abort(error);
    // What cannot be written at the end is lost with the device.
    this.#end = this.driver.close().catch((cause: unknown) => {
      if (!(cause instanceof AudioError)) throw cause;
    });
    this.onFailed(error);
  }
}
