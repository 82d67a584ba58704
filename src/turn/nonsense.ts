import { CAPTURE_RATE_HZ } from '../../hardware/audio/pcm.js';
import { powerDb, SILENCE_DB } from '../../hardware/audio/soundLevel.js';
import { interjectionKind } from './interruption/interjections.js';
import { PhraseBook } from './phraseBook.js';

/** How loud a clip is (dB of full scale, RMS). */
export interface Loudness {
  /** Its loudest 300 ms. */
  readonly speechDb: number;
  /** Its quietest tenth. */
  readonly floorDb: number;
}

/** What speech recognisers write when they hear silence or a steady noise: the ends of the films they learnt from. */
const INVENTED = new PhraseBook({
  invented: `thank you, thank you very much, thank you so much, thanks, thanks for watching, thank you for watching,
    thank you for listening, thanks for listening, thank you for your attention, please subscribe, subscribe,
    like and subscribe, please like and subscribe, see you next time, see you in the next video, see you later, see you soon,
    bye, bye bye, goodbye, you, i, the, so, and, oh, okay, yeah, yes, no, hi, hello, music, applause, silence, the end,
    i'm sorry, subtitles by the amara org community, i'll see you next time, i'll see you in the next video`,
});

/** Speech stands out from its background by more than that. */
const CLEAR_DB = 12;
/** Nobody talks to a device in so low a voice. */
const WHISPER_DB = -60;

/**
 * Whether nothing was said, so that no reply is due: an empty transcript, fewer than two letters, mere hesitation, or what
 * recognisers invent, from a clip in which nothing is loud. "Thank you." said clearly is none.
 */
export function isNonsense(transcript: string, { speechDb, floorDb }: Loudness): boolean {
  if (interjectionKind(transcript) === 'noise') return true;
  const isQuiet = speechDb < WHISPER_DB || speechDb - floorDb < CLEAR_DB;
  return isQuiet && INVENTED.kindsIn(transcript) !== undefined;
}

/** Shorter than a syllable, longer than a pitch period. */
const STRETCH_SAMPLES = CAPTURE_RATE_HZ / 100;
/** Stretches in 300 ms: a short word. */
const WORD_STRETCHES = 30;
const FLOOR_SHARE = 0.1;

/**
 * Measures an utterance.
 *
 * @param samples 16 kHz mono in [-1, 1]. Of a clip shorter than 300 ms all counts as the loudest
 */
export function loudnessOf(samples: Float32Array): Loudness {
  const energies: number[] = [];
  for (let from = 0; from + STRETCH_SAMPLES <= samples.length; from += STRETCH_SAMPLES) {
    let energy = 0;
    for (let i = from; i < from + STRETCH_SAMPLES; i++) energy += (samples[i] ?? 0) ** 2;
    energies.push(energy / STRETCH_SAMPLES);
  }
  if (energies.length === 0) return { speechDb: SILENCE_DB, floorDb: SILENCE_DB };
  const width = Math.min(WORD_STRETCHES, energies.length);
  let sum = 0;
  let loudest = 0;
  energies.forEach((energy, index) => {
    sum += energy - (energies[index - width] ?? 0);
    if (index >= width - 1) loudest = Math.max(loudest, sum);
  });
  const quietest = energies.toSorted((a, b) => a - b).slice(0, Math.ceil(energies.length * FLOOR_SHARE));
  return {
    speechDb: powerDb(loudest / width),
    floorDb: powerDb(quietest.reduce((total, energy) => total + energy, 0) / quietest.length),
  };
}
