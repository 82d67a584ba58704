import { type SeededNumbers, seededNumbers, shuffled, wholeBetween } from './seededNumbers.js';

/** A stretch of time, from the moment the microphone was opened (ms). */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

export interface SpokenWord extends Stretch {
  readonly text: string;
}

/** What somebody says, and when: the truth that a recogniser and an endpointer only guess. */
export interface SpokenUtterance {
  readonly transcript: string;
  readonly words: readonly SpokenWord[];
  /** The end of the last word. Time to first audio starts here. */
  readonly lastVoicedMs: number;
  /** Where the speaker stops to think, within the sentence. */
  readonly pauses: readonly Stretch[];
}

/** From the opening of the microphone to the first word (ms): somebody presses, then speaks. */
const LEAD_MS = { from: 300, to: 700 };
/** Words a minute, from unhurried to brisk. */
const WORDS_PER_MINUTE = { from: 130, to: 190 };
/** Letters of an English word in conversation. */
const USUAL_LETTERS = 4;
/** Silence between two words (ms): at most two frames. */
const GAP_MS = { from: 0, to: 60 };

const PAUSE_SHARE = 1 / 3;
const PAUSE_MS = { from: 300, to: 1_200 };
/** Nobody pauses in less, nor before so many words. */
const PAUSE_MIN_WORDS = 4;
const PAUSE_AFTER_WORDS = 2;

/**
 * `turns` utterances, which only the seed and the sentences decide. Each sentence is said once before one is said again.
 * About a third of them have a pause of 0.3 to 1.2 s at any place between two words, so that cutting people off shows.
 */
export function spokenCorpus(sentences: readonly string[], turns: number, seed: number): SpokenUtterance[] {
  if (sentences.length === 0) throw new RangeError('A corpus needs at least one sentence.');
  const random = seededNumbers(seed);
  const spoken: SpokenUtterance[] = [];
  while (spoken.length < turns) {
    for (const sentence of shuffled(sentences, random)) spoken.push(spokenUtterance(sentence, random));
  }
  return spoken.slice(0, turns);
}

function spokenUtterance(sentence: string, random: SeededNumbers): SpokenUtterance {
  const texts = sentence.split(/\s+/).filter((word) => word !== '');
  const wordMs = 60_000 / wholeBetween(random, WORDS_PER_MINUTE.from, WORDS_PER_MINUTE.to);
  const pauses: Stretch[] = [];
  const hesitates = random() < PAUSE_SHARE && texts.length >= PAUSE_MIN_WORDS;
  const pauseBefore = hesitates ? wholeBetween(random, PAUSE_AFTER_WORDS, texts.length - 1) : -1;
  const words: SpokenWord[] = [];
  let nowMs = wholeBetween(random, LEAD_MS.from, LEAD_MS.to);
  for (const [i, text] of texts.entries()) {
    if (i === pauseBefore) {
      const lengthMs = wholeBetween(random, PAUSE_MS.from, PAUSE_MS.to);
      pauses.push({ startMs: nowMs, endMs: nowMs + lengthMs });
      nowMs += lengthMs;
    } else if (i > 0) {
      nowMs += wholeBetween(random, GAP_MS.from, GAP_MS.to);
    }
    // Half of a word's length is the same for all words, half goes with its letters.
    const lengthMs = Math.round(wordMs * (0.5 + (0.5 * text.length) / USUAL_LETTERS)) - GAP_MS.to / 2;
    words.push({ text, startMs: nowMs, endMs: nowMs + lengthMs });
    nowMs += lengthMs;
  }
  return { transcript: texts.join(' '), words, lastVoicedMs: nowMs, pauses };
}
