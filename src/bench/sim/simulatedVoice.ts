import { durationMs, type PcmAudio } from '../../../hardware/audio/pcm.js';
import { LeadingSilenceMemory } from '../../speech/tts/leadingSilenceMemory.js';
import { type ClauseSound, PAUSES, speakClauses } from '../../speech/tts/speakClauses.js';
import type { Voice } from '../../speech/tts/voice.js';
import { windowedSound } from '../../speech/tts/windowedSound.js';
import { planWindows, type Window } from '../../speech/tts/windowPlan.js';
import { jobOf, type PiBoard } from './piBoard.js';

/** What it takes to make the sound of a clause in windows, before all of it has been computed. */
export interface Windowing {
  /** Share of the work that comes before any sound: the acoustic half. */
  readonly acousticShare: number;
  /** A window is so many whole frames (ms). */
  readonly frameMs: number;
  /** Frames on both sides of a window, as far as there are any, that are computed for it and thrown away. */
  readonly paddingFrames: number;
}

/** Piper at medium size: encoder and flow took 108 of 454 ms for 12 words on x64, and a frame is 11.6 ms of sound. */
export const PIPER_WINDOWING = { acousticShare: 0.24, frameMs: 12, paddingFrames: 12 } as const satisfies Windowing;

export interface SimulatedVoiceOptions {
  /** Seconds per second of sound, with `threads` on an idle board. */
  readonly realTimeFactor: number;
  readonly threads: number;
  /** Default: a clause is one piece of sound. */
  readonly windowing?: Windowing;
}

/** A sample a millisecond: nobody listens to it, and only its times count. */
const SAMPLE_RATE_HZ = 1_000;

/** At 150 words a minute. */
const WORD_MS = 400;
/** A word of so many letters takes that long. */
const USUAL_LETTERS = 4.5;

/** Silence with which each clause begins (ms): voices begin with up to 200. */
const LEADING_MS = 120;

const LEVEL = 0.5;

/** A voice of which only the times are real: how long its sound is, and how long that takes to make. */
export class SimulatedVoice implements Voice {
  readonly name = 'simulated piper-medium';
  readonly sampleRateHz = SAMPLE_RATE_HZ;
  /** What the generator took for a frame lately, as the engine measures it. Warming up has told it the first. */
  #msPerFrame: number;
  /** Remembered as the engine's voice does. Warming up has told it the first. */
  readonly #leadingSilence = new LeadingSilenceMemory();

  constructor(
    readonly board: PiBoard,
    readonly options: SimulatedVoiceOptions,
  ) {
    const { acousticShare, frameMs } = options.windowing ?? PIPER_WINDOWING;
    this.#msPerFrame = frameMs * options.realTimeFactor * (1 - acousticShare);
    this.#leadingSilence.add(LEADING_MS);
  }

  async warmUp(): Promise<void> {}

  synthesize(text: string, signal: AbortSignal): AsyncGenerator<PcmAudio, void, undefined> {
    const { windowing } = this.options;
    const render = (clause: string, wanted: AbortSignal) =>
      windowing ? this.#windowed(clause, windowing, wanted) : this.#whole(clause, wanted);
    return speakClauses(text, render, PAUSES, signal);
  }

  async close(): Promise<void> {}

  async #whole(text: string, signal: AbortSignal): Promise<ClauseSound> {
    const sound = soundOf(text);
    await this.#compute(durationMs(sound), signal);
    return sound;
  }

  /** The acoustic half of a clause, then its sound window by window, as the engine plans them. */
  async #windowed(text: string, windowing: Windowing, signal: AbortSignal): Promise<ClauseSound> {
    const { acousticShare, frameMs, paddingFrames } = windowing;
    const sound = soundOf(text);
    await this.#compute(durationMs(sound) * acousticShare, signal);
    const frames = Math.ceil(durationMs(sound) / frameMs);
    const leadingSilenceMs = this.#leadingSilence.expectedMs;
    const windows = planWindows(frames, {
      paddingFrames,
      frameMs,
      computeMsPerFrame: this.#msPerFrame,
      leadingSilenceMs,
    });
    if (windows.length === 0) return sound;
    return windowedSound(windows, (window) => this.#generate(sound, window, windowing, signal), this.#leadingSilence);
  }

  async #generate(
    { samples, sampleRateHz }: PcmAudio,
    window: Window,
    { acousticShare, frameMs, paddingFrames }: Windowing,
    signal: AbortSignal,
  ): Promise<PcmAudio> {
    const frames =
      Math.min(samples.length / frameMs, window.to + paddingFrames) - Math.max(0, window.from - paddingFrames);
    const beganAtMs = this.board.clock.now();
    await this.#compute(frames * frameMs * (1 - acousticShare), signal);
    this.#msPerFrame = (this.#msPerFrame + (this.board.clock.now() - beganAtMs) / frames) / 2;
    // At this sample rate a sample is a millisecond.
    return { samples: samples.subarray(window.from * frameMs, window.to * frameMs), sampleRateHz };
  }

  #compute(soundMs: number, signal: AbortSignal): Promise<void> {
    const { realTimeFactor, threads } = this.options;
    return this.board.run(jobOf(soundMs * realTimeFactor, threads), signal);
  }
}

function soundOf(text: string): PcmAudio {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const soundMs = letters === 0 ? 0 : LEADING_MS + Math.round((letters / USUAL_LETTERS) * WORD_MS);
  return { samples: new Float32Array(soundMs).fill(LEVEL, LEADING_MS), sampleRateHz: SAMPLE_RATE_HZ };
}
