import { pauseMarks } from './pauseMarks.js';

/** Phonemes (IPA, words apart by a space) of a piece of text without pauses. Keeps no punctuation. */
export type Phonemize = (text: string) => string;

/**
 * Phonemes of `text` with the punctuation that makes the voice pause and intone, as Piper's voices were trained:
 * "Hello, world." -> "həlˈoʊ, wˈɜːld.". Phonemizers drop punctuation and break at every dot, so the text is taken
 * apart at its pauses first, and what a phonemizer breaks within ("Dr. Smith") is one piece here.
 */
export function spokenPhonemes(text: string, phonemize: Phonemize): string {
  const pieces: string[] = [];
  let from = 0;
  const add = (to: number, mark: string) => {
    const phonemes = phonemize(text.slice(from, to)).trim();
    if (phonemes !== '') pieces.push(phonemes + mark);
  };
  for (const { start, end, mark } of pauseMarks(text)) {
    add(start, mark);
    from = end;
  }
  add(text.length, '');
  return pieces.join(' ');
}
