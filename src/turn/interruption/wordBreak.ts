import type { PcmAudio } from '../../../hardware/audio/pcm.js';

/** A piece of sound, and where it begins in the sound that it is part of (ms). */
export interface PlacedSound {
  readonly atMs: number;
  readonly pcm: PcmAudio;
}

/** A break between words is looked for in as much sound before the place that was heard (ms): a long word. */
const LOOK_BACK_MS = 500;

/** No more than this is heard again (ms), however long a word is. */
export const MAX_REPEATED_MS = 1000;

/** Loudness is measured over so much (ms): two periods of a low voice. */
const WINDOW_MS = 20;
const STEP_MS = 5;

/** A dip is this much softer than the loudest sound near it (-20 dB): words are, of which the softest vowel is louder. */
const DIP = 0.1;

/** Softer than this is silence, whatever is near it (-50 dB of full scale): what a voice leaves between sentences. */
const SILENCE = 0.003;

/**
 * Where to go on speaking after `heardMs` so that the word heard there is heard whole: at the dip in loudness that is
 * nearest to where that word is likely to begin, just before the sound that follows it. Where there is no dip, as when
 * words run into each other, at the likely place.
 *
 * @param sound in order and gapless
 * @param wordMs where the word is likely to begin
 * @returns at most `MAX_REPEATED_MS` before `heardMs`, and not after it
 */
export function wordBreak(sound: readonly PlacedSound[], wordMs: number, heardMs: number): number {
  const windows = sound.flatMap((piece) => windowsOf(piece, heardMs - LOOK_BACK_MS, heardMs));
  const loudest = Math.max(0, ...windows.map(({ rms }) => rms));
  const soft = windows.filter(({ rms }) => rms < Math.max(SILENCE, loudest * DIP));
  // The last window of a dip: what follows it is heard.
  const dips = soft.filter(({ atMs }, index) => (soft[index + 1]?.atMs ?? Number.POSITIVE_INFINITY) > atMs + WINDOW_MS);
  const ends = dips.map(({ atMs }) => atMs);
  const nearest = ends.toSorted((a, b) => Math.abs(a - wordMs) - Math.abs(b - wordMs))[0];
  return Math.min(heardMs, Math.max(heardMs - MAX_REPEATED_MS, nearest ?? wordMs));
}

/** The loudness of each stretch of 20 ms that lies between two places. */
function windowsOf({ atMs, pcm }: PlacedSound, fromMs: number, untilMs: number): { atMs: number; rms: number }[] {
  const perMs = pcm.sampleRateHz / 1000;
  const length = Math.round(WINDOW_MS * perMs);
  const last = Math.min(pcm.samples.length, (untilMs - atMs) * perMs) - length;
  const windows: { atMs: number; rms: number }[] = [];
  const step = Math.ceil(STEP_MS * perMs);
  for (let at = Math.max(0, Math.ceil((fromMs - atMs) * perMs)); at <= last; at += step) {
    const energy = pcm.samples.subarray(at, at + length).reduce((sum, x) => sum + x * x, 0);
    windows.push({ atMs: atMs + at / perMs, rms: Math.sqrt(energy / length) });
  }
  return windows;
}
