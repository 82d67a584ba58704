import { distance } from 'fastest-levenshtein';

/** A recogniser may take a word for several: "jar of this", "a lexa". */
const MOST_WORDS_MORE = 2;

/** What the user may have said before it, and what is no part of the question either. */
const MOST_WORDS_BEFORE = 4;

/**
 * How unlike the wake word its spelling may be (see `unlikeness`): at the beginning, where it is expected, and later on.
 * The first lets through "A Minecraft" and "Hey, my crop" and takes nothing from a question without a wake word.
 */
const MOST_UNLIKE_AT_BEGINNING = 0.45;
const MOST_UNLIKE_LATER = 0.15;

/**
 * The question in what was heard from the wake word on: the wake word, however the recogniser has spelt it, is taken away
 * with all that comes before it. Where it is not found nothing is taken away.
 *
 * @param word as a detector names it: `hey_jarvis`
 * @returns empty when nothing else was said
 */
export function withoutWakeWord(transcript: string, word: string): string {
  const phrase = word.split(/[_\s-]+/).filter((each) => letters(each) !== '');
  const words = [...transcript.matchAll(/\S+/g)].filter(([written]) => letters(written) !== '');
  const longest = phrase.length + MOST_WORDS_MORE;
  for (let begin = 0; begin <= MOST_WORDS_BEFORE && begin < words.length; begin++) {
    const count = mostAlike(words.slice(begin, begin + longest).map(String), phrase, begin > 0);
    if (count === undefined) continue;
    const next = words[begin + count];
    return next ? transcript.slice(next.index).trimEnd() : '';
  }
  return transcript;
}

/** How many of the first words are most like the phrase; undefined when none are. */
function mostAlike(words: readonly string[], phrase: readonly string[], later: boolean): number | undefined {
  const most = later ? MOST_UNLIKE_LATER : MOST_UNLIKE_AT_BEGINNING;
  const candidates = words.map((_, n) => ({ count: n + 1, unlike: unlikeness(words.slice(0, n + 1), phrase) }));
  candidates.sort((a, b) => a.unlike - b.unlike || a.count - b.count);
  const [best] = candidates;
  return best && best.unlike <= most ? best.count : undefined;
}

/**
 * Share of the letters that differ, from 0 on: half by the spelling, half by the consonants alone, because a recogniser
 * that does not know a name keeps those.
 */
function unlikeness(words: readonly string[], phrase: readonly string[]): number {
  const [heard, wanted] = [letters(words.join('')), letters(phrase.join(''))];
  const [heardSounds, wantedSounds] = [consonants(heard), consonants(wanted)];
  if (wantedSounds === '') return distance(heard, wanted) / wanted.length;
  return (distance(heard, wanted) / wanted.length + distance(heardSounds, wantedSounds) / wantedSounds.length) / 2;
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Consonants that are heard as such, alike where they sound alike, doubled ones once. */
function consonants(text: string): string {
  return text
    .replaceAll('x', 'ks')
    .replaceAll(/ph|v/g, 'f')
    .replaceAll(/[cq]/g, 'k')
    .replaceAll('z', 's')
    .replaceAll(/[aeiouyhw]/g, '')
    .replaceAll(/(.)\1+/g, '$1');
}
