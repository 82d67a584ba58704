import { soundsAlike } from './soundsAlike.js';

/** A word heard, and the index of the spoken word that it is; undefined: none. */
export type AlignedWord = { readonly word: string; readonly spokenAs: number | undefined };

/** A pair of words in the order of both, its worth, and the best that follows it. */
interface Step {
  readonly worth: number;
  readonly heard: number;
  readonly spoken: number;
  readonly isMatch: boolean;
}

/** Words that every sentence has: they are no evidence. */
const FUNCTION_WORDS = new Set(
  `a an the this that these those it its it's i you he she we they me him her us them my your his our their is are was were be
  been am do does did have has had will would can could of to in on at by for from with and or but not so as if there what`.split(
    /\s+/,
  ),
);
const FUNCTION_WORTH = 1;
const CONTENT_WORTH = 3;

/** So many words in a row are evidence, whatever they are. */
const CERTAIN_RUN = 3;
/** Words that are lost or added between one of our words and the next. */
const OUT_OF_STEP = 2;
/** The places to look at, the likeliest first. */
const STEPS = [0, 1, -1, OUT_OF_STEP, -OUT_OF_STEP];

/**
 * Lays the heard words beside the spoken ones, in order, so that as many as possible are the same, words of content before
 * others. Two words may have become one, and one two. Function words that agree only by chance are left out.
 */
export function alignWords(heard: readonly string[], spoken: readonly string[]): AlignedWord[] {
  const placed = inStep(heard, spoken, bestAlignment(heard, spoken));
  return heard.map((word, index) => ({ word, spokenAs: placed[index] }));
}

/** How many words heard are how many spoken; the last is preferred. */
const MERGES = [
  [1, 2],
  [2, 1],
  [1, 1],
] as const;

function bestAlignment(heard: readonly string[], spoken: readonly string[]): (number | undefined)[] {
  const columns = spoken.length + 1;
  const steps: Step[] = [];
  const worthAt = (i: number, j: number) => steps[i * columns + j]?.worth ?? 0;
  for (let i = heard.length - 1; i >= 0; i--) {
    for (let j = spoken.length - 1; j >= 0; j--) {
      let best: Step = { worth: worthAt(i + 1, j), heard: 1, spoken: 0, isMatch: false };
      if (worthAt(i, j + 1) > best.worth) best = { worth: worthAt(i, j + 1), heard: 0, spoken: 1, isMatch: false };
      for (const [h, s] of MERGES) {
        const match = matchWorth(heard.slice(i, i + h), spoken.slice(j, j + s), h, s);
        if (match === 0) continue;
        const worth = match + worthAt(i + h, j + s);
        if (worth >= best.worth) best = { worth, heard: h, spoken: s, isMatch: true };
      }
      steps[i * columns + j] = best;
    }
  }
  const spokenAs = new Array<number | undefined>(heard.length).fill(undefined);
  for (let i = 0, j = 0; i < heard.length && j < spoken.length; ) {
    const step = steps[i * columns + j];
    if (!step) break;
    if (step.isMatch) spokenAs.fill(j, i, i + step.heard);
    i += step.heard;
    j += step.spoken;
  }
  return spokenAs;
}

/** What it says that these words are those; 0 if they are not. */
function matchWorth(heard: readonly string[], spoken: readonly string[], h: number, s: number): number {
  if (heard.length < h || spoken.length < s || !areAlike(heard, spoken)) return 0;
  return heard.reduce((sum, word) => sum + (FUNCTION_WORDS.has(word) ? FUNCTION_WORTH : CONTENT_WORTH), 0);
}

function areAlike(heard: readonly string[], spoken: readonly string[]): boolean {
  const one = heard.join('');
  const other = spoken.join('');
  if (heard.length === spoken.length) return soundsAlike(one, other);
  // A word that is one of the two has not taken in the other: "kettle" is not "a kettle".
  const parts = heard.length > 1 ? heard : spoken;
  const whole = heard.length > 1 ? other : one;
  if (parts.some((part) => soundsAlike(part, whole))) return false;
  return Math.abs(one.length - other.length) <= 1 && soundsAlike(one, other);
}

/** Keeps the words that are sure, and gives the others the place that follows from those, if they fit there. */
function inStep(
  heard: readonly string[],
  spoken: readonly string[],
  spokenAs: readonly (number | undefined)[],
): (number | undefined)[] {
  const offsets = spokenAs.map((spoken, index) => (spoken === undefined ? undefined : spoken - index));
  const isContent = (index: number) => offsets[index] !== undefined && !FUNCTION_WORDS.has(heard[index] ?? '');
  const areInStep = (one: number, other: number) =>
    Math.abs((offsets[one] ?? Number.NaN) - (offsets[other] ?? Number.NaN)) <= OUT_OF_STEP;
  const isSure = (index: number) => {
    if (isContent(index))
      return heard.length < CERTAIN_RUN || heard.some((_, other) => other !== index && areInStep(index, other));
    let run = offsets[index] === undefined ? 0 : 1;
    for (let i = index - 1; run > 0 && offsets[i] === offsets[index]; i--) run++;
    for (let i = index + 1; run > 0 && offsets[i] === offsets[index]; i++) run++;
    return run >= CERTAIN_RUN;
  };
  const sure = heard.map((_, index) => index).filter(isSure);
  const placed = heard.map((_, index) => (sure.includes(index) ? spokenAs[index] : undefined));
  const place = (index: number) => {
    const nearest = sure.toSorted((a, b) => Math.abs(a - index) - Math.abs(b - index))[0];
    const isBetween = sure.some((other) => other < index) && sure.some((other) => other > index);
    const isBeside = placed[index - 1] !== undefined || placed[index + 1] !== undefined;
    const word = heard[index] ?? '';
    if (placed[index] !== undefined || nearest === undefined) return;
    // Beyond the words that are sure, "the" is everywhere: only just where it must be it is ours.
    const isLoose = !FUNCTION_WORDS.has(word) || isBetween || isBeside;
    const expected = index + (offsets[nearest] ?? 0);
    const places = (isLoose ? STEPS : [0]).map((step) => expected + step).filter((at) => !placed.includes(at));
    placed[index] = places.find((at) => soundsAlike(word, spoken[at] ?? ''));
  };
  // Both ways: a word beside one that has found its place may find its own.
  for (let index = 0; index < heard.length; index++) place(index);
  for (let index = heard.length - 1; index >= 0; index--) place(index);
  return placed;
}
