import type { AudioError } from './drivers.js';
import type { PlaybackSink } from './playbackQueue.js';
import type { PlaybackTimeline } from './playbackTimeline.js';

/** Something that plays whatever is written to it, as soon as it can, and does not say how far it is. */
export interface RawPlayer {
  write(samples: Int16Array): void;
  /** Ends it in the middle of the sound. Safe to call twice. */
  kill(): void;
  /** Why it no longer plays. */
  readonly failure: AudioError | undefined;
}

/** From the first sample of sound written to an idle player until it is heard. */
const START_MS = 40;

/** Silence before the first sample within that time: PulseAudio swallows the first 8 ms of a stream that starts. */
const LEAD_IN_MS = 20;

/** How far writing is ahead of hearing: bridges a busy main thread and the player's own buffer. */
const LEAD_MS = 150;

/** Less for silence: the next piece has to wait behind it. */
const SILENCE_LEAD_MS = 80;

/** Silence after the sound, which pushes it through buffers that only move when they are full. */
const TRAIL_MS = 200;

const PUMP_MS = 20;

/** From one loudness to another, from full to silent. */
const GAIN_RAMP_MS = 6;

/** A device that has run dry says so when it gets sound again: within this time. */
const DRY_REPORT_MS = 200;

/**
 * Feeds a raw player at the pace of the clock, so that what it holds is known and little. After each sound it gets a
 * little silence and then nothing: it runs dry inaudibly, and its clock and ours begin the next sound together. (Fed
 * without end, a sound card that is 50 ppm slow would be 180 ms behind after an hour.)
 */
export class PacedSink implements PlaybackSink {
  readonly #queue: Int16Array[] = [];
  #trailSamples = 0;
  /** When the last sample written will have been heard; in the past, the player has run dry. */
  #heardUntilMs = Number.NEGATIVE_INFINITY;
  /** When it got sound again after it had run dry, on purpose or not. */
  #resumedMs = Number.NEGATIVE_INFINITY;
  #xruns = 0;
  #gain = 1;
  #wantedGain = 1;
  #player: RawPlayer;
  #pumping: { readonly timer: unknown } | undefined;

  /** @param startPlayer makes a new player, after a kill too */
  constructor(
    private readonly timeline: PlaybackTimeline,
    private readonly startPlayer: () => RawPlayer,
    firstPlayer: RawPlayer,
  ) {
    this.#player = firstPlayer;
  }

  /** How often the player had nothing to play in the middle of a sound. */
  get xruns(): number {
    return this.#xruns;
  }

  /** To be called when the player says that it had run dry. After each sound it does so because it is meant to. */
  ranDry(): void {
    const sinceMs = this.timeline.clock.now() - this.#resumedMs;
    this.#resumedMs = Number.NEGATIVE_INFINITY;
    if (sinceMs > DRY_REPORT_MS) this.#xruns += 1;
  }

  earliestMs(): number {
    this.#noticeStall();
    const nowMs = this.timeline.clock.now();
    return this.#heardUntilMs > nowMs ? this.#heardUntilMs : nowMs + START_MS;
  }

  async write(samples: Int16Array): Promise<void> {
    if (this.#player.failure !== undefined) throw this.#player.failure;
    const nowMs = this.timeline.clock.now();
    if (this.#heardUntilMs <= nowMs) {
      this.#heardUntilMs = nowMs + START_MS - LEAD_IN_MS;
      this.#resumedMs = nowMs;
      this.#queue.push(new Int16Array(this.#samplesIn(LEAD_IN_MS)));
    }
    this.#queue.push(samples);
    this.#trailSamples = this.#samplesIn(TRAIL_MS);
    if (this.#pumping === undefined) this.#pump();
  }

  /** Nothing to do: a player that gets nothing is silent. */
  silence(): void {}

  cut(samples: number): void {
    let left = samples;
    for (let last = this.#queue.pop(); last !== undefined; last = this.#queue.pop()) {
      if (last.length > left) {
        this.#queue.push(last.subarray(0, last.length - left));
        return;
      }
      left -= last.length;
    }
    // The rest is in the player, which cannot take it back. A new one is ready before anybody has an answer to play.
    this.#stop();
    this.#player.kill();
    this.#player = this.startPlayer();
  }

  /** Of what the player has not got yet: heard within 150 ms. */
  setGain(gain: number): void {
    this.#wantedGain = gain;
  }

  async close(): Promise<void> {
    this.#stop();
    this.#player.kill();
  }

  discard(): Promise<void> {
    return this.close();
  }

  #pump(): void {
    this.#pumping = undefined;
    this.#noticeStall();
    const { clock } = this.timeline;
    while (this.#player.failure === undefined) {
      const leadMs = this.#queue.length > 0 ? LEAD_MS : SILENCE_LEAD_MS;
      const samples = this.#samplesIn(clock.now() + leadMs - this.#heardUntilMs);
      if (samples <= 0) break;
      const part = this.#take(samples);
      if (part.length === 0) return;
      this.#player.write(this.#louder(part));
      this.#heardUntilMs += (part.length / this.timeline.sampleRateHz) * 1000;
    }
    if (this.#player.failure !== undefined) return;
    this.#pumping = { timer: clock.setTimeout(() => this.#pump(), PUMP_MS) };
  }

  /** Up to so many samples of the sound that waits, or of the silence after it. */
  #take(samples: number): Int16Array {
    const first = this.#queue.shift();
    if (first === undefined) {
      const silence = new Int16Array(Math.min(samples, this.#trailSamples));
      this.#trailSamples -= silence.length;
      return silence;
    }
    if (first.length > samples) this.#queue.unshift(first.subarray(samples));
    return first.subarray(0, samples);
  }

  /** From one loudness to another without a click. */
  #louder(samples: Int16Array): Int16Array {
    if (this.#gain === this.#wantedGain && this.#gain === 1) return samples;
    const step = 1 / this.#samplesIn(GAIN_RAMP_MS);
    return samples.map((x) => {
      this.#gain += Math.max(-step, Math.min(step, this.#wantedGain - this.#gain));
      return Math.round(x * this.#gain);
    });
  }

  /** When we came too late, the player has been silent meanwhile and what waits is heard later than was said. */
  #noticeStall(): void {
    const nowMs = this.timeline.clock.now();
    if (this.#queue.length === 0 || this.#heardUntilMs >= nowMs) return;
    const resumesMs = nowMs + START_MS;
    this.timeline.delay(this.#heardUntilMs, resumesMs - this.#heardUntilMs);
    this.#heardUntilMs = resumesMs;
    this.#resumedMs = nowMs;
    this.#xruns += 1;
  }

  #stop(): void {
    this.timeline.clock.clearTimeout(this.#pumping?.timer);
    this.#pumping = undefined;
    this.#queue.length = 0;
    this.#trailSamples = 0;
    this.#heardUntilMs = Number.NEGATIVE_INFINITY;
  }

  #samplesIn(ms: number): number {
    return Math.ceil((ms * this.timeline.sampleRateHz) / 1000);
  }
}
