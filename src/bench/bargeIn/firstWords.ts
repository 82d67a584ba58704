import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import type { SpeechRecording } from '../recordedUtterance.js';
import { type SeededNumbers, seededNumbers, shuffled, wholeBetween } from '../sim/seededNumbers.js';
import { gapsOf, levelsOf, STRETCH_SAMPLES, voicedPart } from '../wordGaps.js';
import { type Interjection, interjectionOf } from './interjection.js';

/** First words are so long: a word or two, up to half a sentence. */
const FIRST_WORDS_MS = { from: 500, to: 2_000 } as const;
/** Whoever interrupts says no more than this at once. */
const LONGEST_MS = 4_000;
/** Every so many interruptions are first words only. */
const CUT_EVERY = 2;

/** The first words of a recording, up to the middle of a pause that the numbers choose; undefined where none fits. */
export function firstWords(recording: SpeechRecording, random: SeededNumbers): SpeechRecording | undefined {
  const levels = levelsOf(recording.samples);
  const voiced = voicedPart(levels);
  if (!voiced) return undefined;
  const lengthMs = (stretch: number) => ((stretch - voiced.from) * STRETCH_SAMPLES * 1000) / CAPTURE_RATE_HZ;
  const gaps = gapsOf(levels, 0).filter(
    ({ from, to }) => from > voiced.from && lengthMs(from) >= FIRST_WORDS_MS.from && lengthMs(to) <= FIRST_WORDS_MS.to,
  );
  const gap = gaps[wholeBetween(random, 0, gaps.length - 1)];
  if (!gap) return undefined;
  const end = Math.round((gap.from + gap.to) / 2) * STRETCH_SAMPLES;
  return {
    name: `${recording.name}, first words`,
    transcript: recording.transcript,
    samples: recording.samples.subarray(0, end),
  };
}

/**
 * What people say who take the turn: each recording once before one is heard again; every second one, and whatever is
 * longer than 4 s, only its first words where there is a pause behind them.
 */
export function interruptions(recordings: readonly SpeechRecording[], count: number, seed: number): Interjection[] {
  const random = seededNumbers(seed);
  const found: Interjection[] = [];
  let order: SpeechRecording[] = [];
  const heard = recordings.filter((recording) => interjectionOf('interruption', recording) !== undefined);
  while (found.length < count && heard.length > 0) {
    if (order.length === 0) order = shuffled(heard, random);
    const recording = order.shift();
    if (!recording) break;
    const isLong = recording.samples.length > (LONGEST_MS * CAPTURE_RATE_HZ) / 1000;
    const cut = isLong || found.length % CUT_EVERY === 0 ? firstWords(recording, random) : undefined;
    const interjection = interjectionOf('interruption', cut ?? recording);
    if (interjection) found.push(interjection);
  }
  return found;
}
