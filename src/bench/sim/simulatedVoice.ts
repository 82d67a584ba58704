import { durationMs, type PcmAudio } from '../../../hardware/audio/pcm.js';
import { PAUSES, speakClauses } from '../../speech/tts/speakClauses.js';
import type { Voice } from '../../speech/tts/voice.js';
import { jobOf, type PiBoard } from './piBoard.js';

/** How a voice gives the sound of a clause in windows, before all of it has been computed. */
export interface Windows {
  /** Share of the work that comes before any sound: the acoustic half. */
  readonly acousticShare: number;
  readonly firstMs: number;
  readonly laterMs: number;
}

export interface SimulatedVoiceOptions {
  /** Seconds per second of sound, with `threads` on an idle board. */
  readonly realTimeFactor: number;
  readonly threads: number;
  /** Default: a clause is one piece of sound. */
  readonly windows?: Windows;
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

  constructor(
    readonly board: PiBoard,
    readonly options: SimulatedVoiceOptions,
  ) {}

  async warmUp(): Promise<void> {}

  async *synthesize(text: string, signal: AbortSignal): AsyncGenerator<PcmAudio, void, undefined> {
    const { windows } = this.options;
    if (windows) yield* this.#windowed(text, windows, signal);
    else yield* speakClauses(text, (clause, wanted) => this.#clause(clause, wanted), PAUSES, signal);
  }

  async close(): Promise<void> {}

  async #clause(text: string, signal: AbortSignal): Promise<PcmAudio> {
    const sound = soundOf(text);
    await this.#compute(durationMs(sound), signal);
    return sound;
  }

  /** The acoustic half of a clause, then its sound window by window. */
  async *#windowed(text: string, windows: Windows, signal: AbortSignal): AsyncGenerator<PcmAudio, void, undefined> {
    const { acousticShare, firstMs, laterMs } = windows;
    const whole = async (clause: string) => soundOf(clause);
    for await (const { samples, sampleRateHz } of speakClauses(text, whole, PAUSES, signal)) {
      await this.#compute(samples.length * acousticShare, signal);
      for (let at = 0; at < samples.length; ) {
        const piece = samples.subarray(at, at + (at === 0 ? firstMs : laterMs));
        await this.#compute(piece.length * (1 - acousticShare), signal);
        yield { samples: piece, sampleRateHz };
        at += piece.length;
      }
    }
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
