/** British and old spellings that recognisers use, and the one that references are written in. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\bto-? ?(day|night|morrow)\b/g, 'to$1'],
  [/\b(any|every|some|no) (thing|body|where)\b/g, '$1$2'],
  [/\b(any|every|some) one\b/g, '$1one'],
  [/\bgood-?bye\b/g, 'goodbye'],
  [/\b(kilo|centi|milli)?metre(s?)\b/g, '$1meter$2'],
  [/\b(milli)?litre(s?)\b/g, '$1liter$2'],
  [/\b(cent|theat|fib)re(s?)\b/g, '$1er$2'],
  [/\b(col|fav|hon|lab|neighb|harb|flav|behavi)our/g, '$1or'],
  [/\b(real|organ|recogn|apolog)is(e|es|ed|ing)\b/g, '$1iz$2'],
  [/\bgrey\b/g, 'gray'],
  [/\bok\b/g, 'okay'],
];

/**
 * The words of an English text as they are heard: lower case, without punctuation, hyphens as spaces, figures as
 * words, one spelling for each word.
 */
export function spokenForm(text: string): string[] {
  let plain = text.toLowerCase().replaceAll('’', "'");
  for (const [pattern, spelling] of SPELLINGS) plain = plain.replace(pattern, spelling);
  return plain
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/%/g, ' percent')
    .replace(/\d+(?:\.\d+)?/g, (figures) => ` ${numberInWords(figures)} `)
    .replace(/[^\p{L}' ]+/gu, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '');
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const LARGE = [
  [1_000_000, 'million'],
  [1000, 'thousand'],
  [100, 'hundred'],
] as const;

/** Cardinals under a thousand million; longer ones, those with a leading zero and decimals figure by figure. */
function numberInWords(figures: string): string {
  const [whole = '', fraction] = figures.split('.');
  const digits = (text: string) => [...text].map((digit) => SMALL[Number(digit)]).join(' ');
  const spoken = whole.length > 9 || /^0\d/.test(whole) ? digits(whole) : cardinal(Number(whole));
  return fraction === undefined ? spoken : `${spoken} point ${digits(fraction)}`;
}

function cardinal(value: number): string {
  if (value < 20) return SMALL[value] ?? '';
  if (value < 100)
    return value % 10 === 0 ? `${TENS[value / 10]}` : `${TENS[Math.trunc(value / 10)]} ${SMALL[value % 10]}`;
  for (const [size, name] of LARGE) {
    if (value < size) continue;
    const head = `${cardinal(Math.trunc(value / size))} ${name}`;
    return value % size === 0 ? head : `${head} ${cardinal(value % size)}`;
  }
  return '';
}
