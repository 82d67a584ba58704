import type { Clock } from '../clock.js';
import { AudioError, type OpenPlayback, type PlaybackDriver, type PlaybackStream } from './drivers.js';
import type { PcmAudio } from './pcm.js';
import { type OwnSound, PlayedSound } from './playedSound.js';

/** What `sampleRateHz` says while no device is open; a piece is resampled in any case. */
const USUAL_RATE_HZ = 48_000;

export interface SpeakerOptions {
  readonly open: OpenPlayback;
  readonly clock: Clock;
  /** An open speaker has been lost: `open` it again. */
  readonly onLost: (error: AudioError) => void;
  /** A factor on the samples, 0 to 1. */
  readonly gain: number;
  /** Is told what is heard when, for whoever has to know it apart from the user. */
  readonly played?: PlayedSound;
}

/** A speaker that stays open between replies, across any number of devices and losses of them. */
export class Speaker implements PlaybackDriver {
  readonly #options: SpeakerOptions;
  #stream: PlaybackStream | undefined;
  #gain: number;
  #ducked = 1;
  #earlierMs = 0;
  #earlierXruns = 0;
  readonly #played: PlayedSound;

  constructor(options: SpeakerOptions) {
    this.#options = options;
    this.#gain = options.gain;
    this.#played = options.played ?? new PlayedSound();
    this.#loudnessChanged();
  }

  get name(): string {
    return this.#stream?.name ?? 'no speaker';
  }

  get sampleRateHz(): number {
    return this.#stream?.sampleRateHz ?? USUAL_RATE_HZ;
  }

  get playedMs(): number {
    return this.#earlierMs + (this.#stream?.playedMs ?? 0);
  }

  /** Since the start: how often the device ran dry because sound came late. */
  get xruns(): number {
    return this.#earlierXruns + (this.#stream?.xruns ?? 0);
  }

  get isOpen(): boolean {
    return this.#stream !== undefined;
  }

  /**
   * When the open device's process was last heard of, on the clock; undefined while none is open, null for one that does
   * not answer anything.
   */
  get answeredAtMs(): number | null | undefined {
    return this.#stream && (this.#stream.answeredAtMs ?? null);
  }

  /** Opens the device, in the place of an open one. @throws {AudioError}; the signal's reason */
  async open(signal: AbortSignal): Promise<void> {
    await this.discard();
    let failed: AudioError | undefined;
    const stream: PlaybackStream = await this.#options.open((error) => {
      failed = error;
      if (this.#stream !== stream) return;
      this.#forget();
      this.#options.onLost(error);
    }, signal);
    if (signal.aborted || failed) {
      await stream.discard();
      throw failed ?? signal.reason;
    }
    stream.setGain(this.#gain);
    stream.duck(this.#ducked);
    this.#stream = stream;
  }

  /** As the contract says; deviceLost where no device is open. */
  play(pcm: PcmAudio, signal: AbortSignal): Promise<{ heardAtMs: number }> {
    return this.#play(pcm, 'speech', signal);
  }

  /** Plays a sound that is not speech, likewise. */
  playSignal(pcm: PcmAudio, signal: AbortSignal): Promise<{ heardAtMs: number }> {
    return this.#play(pcm, 'signal', signal);
  }

  async #play(pcm: PcmAudio, kind: OwnSound, signal: AbortSignal): Promise<{ heardAtMs: number }> {
    signal.throwIfAborted();
    const stream = this.#opened();
    const piece = this.#played.add(kind, pcm, this.#options.clock.now());
    try {
      const { heardAtMs } = await stream.play(pcm, signal);
      this.#played.place(piece, heardAtMs);
      return { heardAtMs };
    } catch (error) {
      this.#played.drop(piece);
      throw error;
    }
  }

  flush(): void {
    this.#stream?.flush();
    this.#played.flush(this.#options.clock.now());
  }

  setGain(gain: number): void {
    this.#gain = gain;
    this.#loudnessChanged();
    this.#stream?.setGain(gain);
  }

  duck(factor: number): void {
    this.#ducked = factor;
    this.#loudnessChanged();
    this.#stream?.duck(factor);
  }

  async drained(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#opened().drained(signal);
  }

  async close(): Promise<void> {
    const stream = this.#stream;
    this.#forget();
    await stream?.close();
  }

  async discard(): Promise<void> {
    const stream = this.#stream;
    this.#forget();
    await stream?.discard();
  }

  #opened(): PlaybackStream {
    if (!this.#stream) throw new AudioError('deviceLost', 'There is no speaker to play to.');
    return this.#stream;
  }

  #forget(): void {
    this.#earlierMs += this.#stream?.playedMs ?? 0;
    this.#earlierXruns += this.#stream?.xruns ?? 0;
    this.#stream = undefined;
    this.#played.flush(this.#options.clock.now());
  }

  #loudnessChanged(): void {
    this.#played.setGain(this.#gain * this.#ducked, this.#options.clock.now());
  }
}
