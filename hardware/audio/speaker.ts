import type { Clock } from '../clock.js';
import { AudioError, type OpenPlayback, type PlaybackDriver, type PlaybackStream } from './drivers.js';
import { durationMs, type PcmAudio } from './pcm.js';

/** What the speaker plays: words, or a short sound that tells something. */
export type OwnSound = 'speech' | 'signal';

/** How long a living room goes on sounding after the loudspeaker: reverberation of half a second, down by 20 dB. */
const ROOM_MS = 170;

/** What `sampleRateHz` says while no device is open; a piece is resampled in any case. */
const USUAL_RATE_HZ = 48_000;

export interface SpeakerOptions {
  readonly open: OpenPlayback;
  readonly clock: Clock;
  /** An open speaker has been lost: `open` it again. */
  readonly onLost: (error: AudioError) => void;
  /** A factor on the samples, 0 to 1. */
  readonly gain: number;
}

/** A speaker that stays open between replies, across any number of devices and losses of them. */
export class Speaker implements PlaybackDriver {
  readonly #options: SpeakerOptions;
  #stream: PlaybackStream | undefined;
  #gain: number;
  #ducked = 1;
  #earlierMs = 0;
  #earlierXruns = 0;
  /** When it sounds, or has sounded not long ago. */
  #sounding: { readonly fromMs: number; untilMs: number; readonly kind: OwnSound }[] = [];
  #flushes = 0;

  constructor(options: SpeakerOptions) {
    this.#options = options;
    this.#gain = options.gain;
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
    const flushes = this.#flushes;
    const { heardAtMs } = await this.#opened().play(pcm, signal);
    // A piece that was flushed while it waited for its time is not heard.
    if (flushes !== this.#flushes) return { heardAtMs };
    this.#sounding = this.#sounding.filter(({ untilMs }) => untilMs > this.#options.clock.now() - 10_000);
    this.#sounding.push({ kind, fromMs: heardAtMs, untilMs: heardAtMs + durationMs(pcm) + ROOM_MS });
    return { heardAtMs };
  }

  flush(): void {
    this.#flushes += 1;
    this.#stream?.flush();
    const nowMs = this.#options.clock.now();
    for (const span of this.#sounding) span.untilMs = Math.min(span.untilMs, nowMs + ROOM_MS);
  }

  setGain(gain: number): void {
    this.#gain = gain;
    this.#stream?.setGain(gain);
  }

  duck(factor: number): void {
    this.#ducked = factor;
    this.#stream?.duck(factor);
  }

  async drained(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#opened().drained(signal);
  }

  /** What of it could be heard in the room at some time between the two; speech where both could. */
  heardBetween(fromMs: number, untilMs: number): OwnSound | undefined {
    const kinds = this.#sounding.flatMap((span) => (span.fromMs < untilMs && span.untilMs > fromMs ? [span.kind] : []));
    return kinds.includes('speech') ? 'speech' : kinds[0];
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
  }
}
