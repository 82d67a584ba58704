import { FRAME_MS, type PcmFrame } from '../../../hardware/audio/pcm.js';
import type { SoundStep } from './stepCutter.js';
import { HISTORY_STEPS } from './wakeWord.js';

/** So far above the quiet of the room a frame is no silence (dB): the loudest frames of a word that is as loud as the room are. */
const ABOVE_QUIET_DB = 6;

/** What is quieter is the noise of the device. */
const QUIETEST_DB = -70;

/** The room has become louder when nothing as quiet as before comes any more (dB per second). */
const QUIET_RISES_DB_PER_S = 1.5;

/** A word is judged a little after its end. */
const HOLD_MS = 1000;

/**
 * Spares the detector the silence. What it must have heard before it can judge is kept meanwhile, and given to it when
 * something is heard: it then judges as if it had heard everything. Noises open it as well, and cost no more than no gate.
 */
export class SilenceGate {
  #quietDb = 0;
  #openUntilMs = -Infinity;
  #open = false;
  #kept: SoundStep[] = [];

  /** Judges the level of a frame: call it before `push` of the step that ends in it. */
  heard({ samples, capturedAtMs }: PcmFrame): void {
    const levelDb = Math.max(QUIETEST_DB, levelOf(samples));
    this.#quietDb = Math.min(levelDb, this.#quietDb + (QUIET_RISES_DB_PER_S * FRAME_MS) / 1000);
    if (levelDb >= this.#quietDb + ABOVE_QUIET_DB) this.#openUntilMs = capturedAtMs + HOLD_MS;
  }

  /**
   * @returns what the detector is to hear now, in order: nothing, the step, or, when it is to begin anew, all that was
   *   kept as well
   */
  push(step: SoundStep): { readonly steps: readonly SoundStep[]; readonly anew: boolean } {
    this.#kept.push(step);
    if (this.#kept.length > HISTORY_STEPS + 1) this.#kept.shift();
    const wasOpen = this.#open;
    this.#open = step.capturedAtMs <= this.#openUntilMs;
    if (!this.#open) return { steps: [], anew: false };
    return wasOpen ? { steps: [step], anew: false } : { steps: [...this.#kept], anew: true };
  }
}

/** Root mean square in dB of full scale. */
function levelOf(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(sum / samples.length / 32_768 ** 2);
}
