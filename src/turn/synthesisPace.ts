import { durationMs, type PcmAudio } from '../../hardware/audio/pcm.js';
import type { Clock } from '../../hardware/clock.js';

/** The machine may become this much slower, and the next text this much longer, without a gap in the sound. */
const MARGIN = 2;

/** How fast a voice has been in this reply, and how much of the sound that it has made is still to be heard. */
export class SynthesisPace {
  #characters = 0;
  #soundMs = 0;
  #computingMs = 0;
  #soundEndsAtMs = 0;

  constructor(readonly clock: Clock) {}

  /** `pcm` is played behind what was made before, and as if somebody listened already. */
  made(pcm: PcmAudio): void {
    const lengthMs = durationMs(pcm);
    this.#soundMs += lengthMs;
    this.#soundEndsAtMs = Math.max(this.clock.now(), this.#soundEndsAtMs) + lengthMs;
  }

  /** All the sound of a text of so many characters has been made; waiting for it took so long. */
  finished(characters: number, computingMs: number): void {
    this.#characters += characters;
    this.#computingMs += computingMs;
  }

  /** How long the sound of a text of so many characters is likely to be (ms); undefined before there was any. */
  soundMs(characters: number): number | undefined {
    return this.#characters > 0 ? (characters * this.#soundMs) / this.#characters : undefined;
  }

  /** Whether the sound still to be heard lasts until all of a text of so many characters is made. */
  covers(characters: number): boolean {
    if (this.#characters === 0) return false;
    const queuedMs = this.#soundEndsAtMs - this.clock.now();
    return MARGIN * (characters * (this.#computingMs / this.#characters)) <= queuedMs;
  }
}
