import { type Rule, wordRule } from './rule.js';

const LENGTH =
  '(?:mm|cm|m|km|ft|in|yd)(?![\\p{L}\\d])|["″]|(?:inch(?:es)?|f[oe][oe]t|(?:centi|milli)?met(?:er|re)s?)(?!\\p{L})';
const SIDE = '\\d{1,5}(?:\\.\\d{1,2})?(?!\\d)';
/** After a product: these words count nothing. */
const NO_THING = '(?:is|are|was|and|or|plus|minus|times|equals?|makes?|gives?)(?!\\p{L})';

/** The "x" between the sides of a thing, where another one multiplies. */
export const sizeRules: readonly Rule[] = [
  wordRule(`(?<=\\d[ -]?(?:${LENGTH}) ?)x ?(?=\\d)`, () => 'by'),
  wordRule(`(?<=\\d ?)x ?(?=${SIDE}(?: ?x ?${SIDE})?[ -]?(?:${LENGTH}))`, () => 'by'),
  wordRule(`(?<=\\d)x(?=\\d{1,3} (?!${NO_THING})\\p{Ll}{3})`, () => 'by'),
  wordRule('(?<=\\b[Aa]n? \\d{1,3})x(?=\\d{1,3}(?!\\d))', () => 'by'),
];
