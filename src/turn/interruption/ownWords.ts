import { spokenForm } from '../../speech/text/spokenForm.js';
import { interjectionKind } from './interjections.js';
import { differenceWithin } from './soundsAlike.js';
import { type PlayedChunk, spokenWindow } from './spokenWindow.js';
import { type AlignedWord, alignWords } from './wordAlignment.js';

/** What the microphone heard between two times of the playback's clock (ms). */
export interface HeardSpeech {
  readonly transcript: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Words next to each other that are all ours, or none of them. */
interface Stretch {
  readonly isOwn: boolean;
  readonly words: readonly AlignedWord[];
}

/** As many unknown words within our own are a recogniser's errors; a third one is somebody's. */
const ERROR_WORDS = 2;
/** For each of those, so many of our own must stand near. */
const OWN_WORDS_PER_ERROR = 2;
/** Near: within so many words. */
const NEAR_WORDS = 6;
/** As many of our own after the user's are a quotation. */
const QUOTED_WORDS = 3;
/** A transcript with a smaller share of our own words is not ours, however they are spread. */
const LEAST_OWN_SHARE = 0.5;
/** Letters from which on a likeness between stretches is no chance. */
const TELLING_LETTERS = 8;
/** Share of the letters that a recogniser gets wrong at worst in a stretch that it understands badly. */
const GARBLED_LETTERS = 0.4;

/**
 * Whether what the microphone heard is the assistant's own reply and nothing else. A guard for rooms without echo
 * cancellation: it cannot tell from text a user who says just what the assistant is saying.
 */
export function isOwnEcho({ transcript, fromMs, toMs }: HeardSpeech, chunks: readonly PlayedChunk[]): boolean {
  const heard = spokenForm(transcript);
  return heard.length > 0 && foreignWords(transcript, spokenWindow(chunks, fromMs, toMs)).length === 0;
}

/**
 * The words of a transcript that are not the assistant's own: empty when it is an echo with a recogniser's errors, all of
 * them when none is ours, and what the user said when they talk over the reply. One or two of the user's words amid many of
 * ours are taken for errors, unless they tell it to stop.
 *
 * @param heard transcript of the microphone
 * @param spoken `spokenWindow` of the same time
 */
export function foreignWords(heard: string, spoken: readonly string[]): string[] {
  const aligned = alignWords(spokenForm(heard), spoken);
  const stretches = withoutIslands(stretchesOf(aligned));
  const judged = stretches.map((stretch, index): Stretch => {
    const isOwn = stretch.isOwn || isGarbled(stretches, index, spoken) || isError(stretches, index);
    return { isOwn, words: stretch.words };
  });
  const known = judged.filter(
    ({ isOwn }, index) => isOwn && (stretches[index]?.isOwn || isGarbled(stretches, index, spoken)),
  );
  if (wordsIn(known) < LEAST_OWN_SHARE * aligned.length) return text(withQuotes(stretches));
  return text(withQuotes(joined(judged)));
}

/** "Stop", "hold on"; not "no" alone, which recognisers make of anything. */
function commandsSilence(words: readonly AlignedWord[]): boolean {
  const said = words.map(({ word }) => word).join(' ');
  return said.length > 'no'.length && interjectionKind(said) === 'stop';
}

/** A few unknown words among many of our own. */
function isError(stretches: readonly Stretch[], index: number): boolean {
  const words = stretches[index]?.words ?? [];
  const ownIn = (side: readonly Stretch[]) => side.flatMap(({ isOwn, words }) => words.map(() => isOwn));
  const before = ownIn(stretches.slice(0, index)).slice(-NEAR_WORDS);
  const after = ownIn(stretches.slice(index + 1)).slice(0, NEAR_WORDS);
  const near = [...before, ...after].filter((isOwn) => isOwn).length;
  return words.length <= ERROR_WORDS && words.length * OWN_WORDS_PER_ERROR <= near && !commandsSilence(words);
}

/** It sounds like the words of ours that are missing there. */
function isGarbled(stretches: readonly Stretch[], index: number, spoken: readonly string[]): boolean {
  const { isOwn = true, words = [] } = stretches[index] ?? {};
  const letters = words.map(({ word }) => word).join('');
  if (isOwn || letters.length < TELLING_LETTERS || commandsSilence(words)) return false;
  const from = (stretches[index - 1]?.words.at(-1)?.spokenAs ?? -1) + 1;
  const to = stretches[index + 1]?.words[0]?.spokenAs ?? spoken.length;
  return differenceWithin(letters, spoken.slice(from, to).join('')) <= GARBLED_LETTERS;
}

/** Amid many words of the user's, a few that we happen to say too are theirs. */
function withoutIslands(stretches: readonly Stretch[]): Stretch[] {
  return joined(
    stretches.map((stretch, index) => {
      const before = stretches[index - 1]?.words.length ?? 0;
      const after = stretches[index + 1]?.words.length ?? 0;
      const isIsland = before > 0 && after > 0 && before + after >= 2 * ERROR_WORDS;
      return stretch.isOwn && isIsland && 2 * stretch.words.length <= before + after
        ? { ...stretch, isOwn: false }
        : stretch;
    }),
  );
}

/** A user who speaks of what was said: a few of our words after theirs are theirs too ("what about the kettle"). */
function withQuotes(stretches: readonly Stretch[]): Stretch[] {
  return joined(
    stretches.map((stretch, index) => {
      const before = stretches[index - 1];
      const isQuote =
        stretch.isOwn &&
        before !== undefined &&
        !before.isOwn &&
        !commandsSilence(before.words) &&
        stretch.words.length <= Math.min(QUOTED_WORDS, before.words.length);
      return isQuote ? { ...stretch, isOwn: false } : stretch;
    }),
  );
}

function stretchesOf(aligned: readonly AlignedWord[]): Stretch[] {
  return joined(aligned.map((word) => ({ isOwn: word.spokenAs !== undefined, words: [word] })));
}

/** Neighbours of a kind as one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const { isOwn, words } of stretches) {
    const last = out.at(-1);
    if (last?.isOwn === isOwn) out.splice(-1, 1, { isOwn, words: [...last.words, ...words] });
    else out.push({ isOwn, words });
  }
  return out;
}

function wordsIn(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { words }) => sum + words.length, 0);
}

function text(stretches: readonly Stretch[]): string[] {
  return stretches.filter(({ isOwn }) => !isOwn).flatMap(({ words }) => words.map(({ word }) => word));
}
