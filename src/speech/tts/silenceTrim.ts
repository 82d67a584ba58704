import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { AUDIBLE, firstAudibleSample } from './leadingSilence.js';

/** Silence kept before the first audible sample (ms): the softest onset we measured, the "h" of flite's "Heat", is 57 ms. */
const ONSET_MS = 60;

/**
 * Gives one clause's sound the silence around it that it shall have, piece by piece: voices leave 0 to 230 ms before it
 * and 50 to 340 ms behind it as they please. Holds nothing back that can be heard, and silence only beyond the pause.
 */
export class SilenceTrim {
  #held = new Float32Array(0);
  #begun = false;
  /** Samples of silence that were given behind the last audible one. */
  #quiet = 0;

  /** @param pauseMs from the last audible sample to the end: of the voice's own silence, as far as it has that */
  constructor(readonly pauseMs: number) {}

  /** What of the clause can be played now that `piece` has come; empty while nothing can. */
  take({ samples, sampleRateHz }: PcmAudio, isLast: boolean): PcmAudio {
    const given = (pcm: Float32Array): PcmAudio => ({ samples: pcm, sampleRateHz });
    const pause = Math.round((this.pauseMs / 1000) * sampleRateHz);
    let sound = joined(this.#held, samples);
    this.#held = new Float32Array(0);
    if (!this.#begun) {
      const onset = firstAudibleSample(given(sound));
      const kept = Math.round((ONSET_MS / 1000) * sampleRateHz);
      if (onset === undefined && !isLast) {
        this.#held = sound.slice(Math.max(0, sound.length - kept));
        return given(new Float32Array(0));
      }
      if (sound.length === 0) return given(sound);
      sound = sound.subarray(Math.max(0, (onset ?? sound.length) - kept));
      this.#begun = true;
    }
    const silent = this.#silenceBehind(sound);
    if (isLast) return given(ofLength(sound, Math.max(0, sound.length + pause - silent)));
    const excess = Math.min(sound.length, Math.max(0, silent - pause));
    this.#held = sound.slice(sound.length - excess);
    this.#quiet = silent - excess;
    return given(sound.subarray(0, sound.length - excess));
  }

  /** Samples behind the last audible one, those of earlier pieces included. */
  #silenceBehind(sound: Float32Array): number {
    const last = sound.findLastIndex((sample) => Math.abs(sample) > AUDIBLE);
    return last < 0 ? this.#quiet + sound.length : sound.length - 1 - last;
  }
}

function joined(one: Float32Array<ArrayBuffer>, other: Float32Array): Float32Array {
  if (one.length === 0) return other;
  const both = new Float32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function ofLength(samples: Float32Array, length: number): Float32Array {
  if (length <= samples.length) return samples.subarray(0, length);
  const longer = new Float32Array(length);
  longer.set(samples);
  return longer;
}
