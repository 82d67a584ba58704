const SMALL = new Map(
  [
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen',
    'eighteen nineteen',
  ]
    .join(' ')
    .split(' ')
    .map((word, value) => [word, value] as const),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, i) => [word, 20 + 10 * i] as const),
);
/** Largest first: the largest one splits a number into what is before it and what is after it. */
const SCALES: readonly (readonly [string, number])[] = [
  ['trillion', 1e12],
  ['billion', 1e9],
  ['million', 1e6],
  ['thousand', 1000],
  ['hundred', 100],
];
const PARTS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    half: 2,
    halves: 2,
    third: 3,
    quarter: 4,
    fourth: 4,
    fifth: 5,
    sixth: 6,
    seventh: 7,
    eighth: 8,
    ninth: 9,
    tenth: 10,
  }),
);

/** More words than any number that a person says. */
const MAX_WORDS = 20;

/**
 * The number that a text says and nothing else: "twenty five", "a dozen", "one hundred and five", "2 point 5", "two and a
 * half", "three quarters", "minus 3", "1 over 4". Words as `spellSymbols` and `plainWords` leave them.
 */
export function numberOf(text: string): number | undefined {
  const words = text.split(' ').filter((word) => word !== '');
  if (words.length === 0 || words.length > MAX_WORDS) return undefined;
  const isNegative = words[0] === 'minus' || words[0] === 'negative';
  const value = amountOf(isNegative ? words.slice(1) : words);
  return value === undefined || !isNegative ? value : -value;
}

/** Words that sound like numbers. */
const SOUNDS_LIKE: ReadonlyMap<string, string> = new Map([
  ['to', 'two'],
  ['too', 'two'],
  ['for', 'four'],
  ['won', 'one'],
  ['ate', 'eight'],
]);

/** Where only a number can be meant, the number that a recogniser wrote as another word: "to" of "to minutes". */
export function asNumberWord(text: string): string {
  return SOUNDS_LIKE.get(text) ?? text;
}

/** The same, where "a" and "an" stand for one, and "to" for two: "an" of "an hour". */
export function countOf(text: string): number | undefined {
  return text === 'a' || text === 'an' ? 1 : numberOf(asNumberWord(text).replace(/^(a couple|couple|dozen) of$/, '$1'));
}

/** A whole number, not negative. */
export function wholeNumberOf(text: string): number | undefined {
  const value = numberOf(text);
  return value !== undefined && value >= 0 && Number.isSafeInteger(value) ? value : undefined;
}

function amountOf(words: readonly string[]): number | undefined {
  return dozensOf(words) ?? fractionOf(words) ?? mixedOf(words) ?? decimalOf(words) ?? cardinalOf(words);
}

function dozensOf(words: readonly string[]): number | undefined {
  const text = words.join(' ');
  if (text === 'half a dozen') return 6;
  if (/^(?:a )?couple(?: of)?$/.test(text)) return 2;
  if (words.at(-1) !== 'dozen') return undefined;
  const count = text === 'a dozen' || text === 'dozen' ? 1 : cardinalOf(words.slice(0, -1));
  return count === undefined ? undefined : 12 * count;
}

/** "half", "a quarter", "two thirds", "3 over 4". */
function fractionOf(words: readonly string[]): number | undefined {
  const over = words.indexOf('over');
  if (over > 0) {
    const [top, bottom] = [cardinalOf(words.slice(0, over)), cardinalOf(words.slice(over + 1))];
    return top === undefined || !bottom ? undefined : top / bottom;
  }
  const last = words.at(-1) ?? '';
  const part = PARTS.get(last) ?? PARTS.get(last.replace(/s$/, ''));
  if (part === undefined) return undefined;
  const before = words.slice(0, -1);
  if (before.length === 0) return part === 2 || part === 4 ? 1 / part : undefined;
  const count = before.join(' ') === 'a' ? 1 : cardinalOf(before);
  return count === undefined ? undefined : count / part;
}

/** "two and a half". */
function mixedOf(words: readonly string[]): number | undefined {
  const and = words.lastIndexOf('and');
  if (and <= 0) return undefined;
  const part = fractionOf(words.slice(and + 1));
  const whole = cardinalOf(words.slice(0, and));
  return part === undefined || whole === undefined || part >= 1 ? undefined : whole + part;
}

/** "two point five", "point oh five", "3 point 14". */
function decimalOf(words: readonly string[]): number | undefined {
  const point = words.indexOf('point');
  if (point < 0 || point === words.length - 1) return undefined;
  const after = words.slice(point + 1);
  const scale = SCALES.find(([name]) => name === after.at(-1));
  const figures = scale ? after.slice(0, -1) : after;
  const whole = point === 0 ? 0 : cardinalOf(words.slice(0, point));
  const digits = figures.map(digitOf).join('');
  const tail = figures.every((word) => digitOf(word) !== undefined) ? digits : cardinalOf(figures)?.toString();
  if (whole === undefined || !Number.isInteger(whole) || !tail || !/^\d{1,15}$/.test(tail)) return undefined;
  return Number(`${whole}.${tail}`) * (scale?.[1] ?? 1);
}

function digitOf(word: string): string | undefined {
  if (/^\d+$/.test(word)) return word;
  const value = word === 'oh' || word === 'o' ? 0 : SMALL.get(word);
  return value !== undefined && value < 10 ? String(value) : undefined;
}

function cardinalOf(words: readonly string[]): number | undefined {
  for (const [name, size] of SCALES) {
    const at = words.indexOf(name);
    if (at >= 0) return scaledOf(words.slice(0, at), size, words.slice(at + 1));
  }
  const [first = '', second, ...more] = words;
  if (more.length > 0) return undefined;
  if (second === undefined) return plainNumberOf(first) ?? SMALL.get(first) ?? TENS.get(first);
  const ten = TENS.get(first);
  const one = SMALL.get(second);
  return ten === undefined || one === undefined || one === 0 || one > 9 ? undefined : ten + one;
}

function plainNumberOf(word: string): number | undefined {
  return /^\d{1,15}(?:\.\d{1,15})?$/.test(word) ? Number(word) : undefined;
}

function scaledOf(before: readonly string[], size: number, after: readonly string[]): number | undefined {
  const count = before.length === 0 || before.join(' ') === 'a' ? 1 : cardinalOf(before);
  const tail = after[0] === 'and' ? after.slice(1) : after;
  if (tail.length === 0 && after.length > 0) return undefined; // it ends with "and"
  const rest = tail.length === 0 ? 0 : cardinalOf(tail);
  if (count === undefined || rest === undefined || count >= 1000 || rest >= size) return undefined;
  return count * size + rest;
}
