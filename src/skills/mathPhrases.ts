import { asNumberWord, numberOf } from './slots/numberOf.js';

const ASKS =
  /^(?:what's|what is|what are|whats|what does|calculate|compute|work out|figure out|solve|how much is|how much are|how much would|what do you get (?:when|if) you|add up)\s+/;
/** "What nine times nine is", of "tell me what nine times nine is". */
const ASKED_FOR = /^what (?!does |do |is |are )(.+) (?:is|are|makes?|equals?|comes to)$/;
const ENDS = / (?:equal|equals|is|make|makes|come to|be|is what|equals what)$/;

/** Words in the place of a sign. Longer ones first. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:the )?(?:square )root of\b/g, ' sqrt '],
  [/\b(?:the )?cube root of\b/g, ' cbrt '],
  [/\b(?:raised )?to the power(?: of)?\b/g, ' ^ '],
  [/\bsquared\b/g, ' ^ 2 '],
  [/\bcubed\b/g, ' ^ 3 '],
  [/\b(?:multiplied by|times|x)\b/g, ' * '],
  [/\b(?:divided by|over)\b/g, ' / '],
  [/\b(?:plus|added to)\b/g, ' + '],
  [/\b(?:take away|subtract|less)\b/g, ' - '],
  [/\bminus\b/g, ' - '],
  [/\bpercent of(?: the)?\b/g, ' percent '],
];
const SIGN = /( sqrt | cbrt | \^ | \* | \/ | \+ | - | percent )/;

/** More would hardly be said. */
const MAX_PARTS = 25;

/**
 * The expression that an utterance asks to be reckoned, for `readExpression`: "(15 / 100) * 80" for "what's fifteen percent
 * of 80". Undefined where any word of it is no part of one, and where nothing is to be done with a number.
 */
export function expressionOf(words: string): string | undefined {
  const asked = words.replace(ASKED_FOR, '$1').replace(ASKS, '').replace(ENDS, '');
  const turned = asked
    .replace(/^subtract (.+) from (.+)$/, '$2 minus $1')
    .replace(/^(?:multiply|times) (.+) (?:by|with) (.+)$/, '$1 times $2')
    .replace(/^divide (.+) by (.+)$/, '$1 divided by $2')
    .replace(/^add (.+) (?:and|to) (.+)$/, '$1 plus $2')
    .replace(/^(?:double|twice) (.+)$/, '2 times $1')
    .replace(/^triple (.+)$/, '3 times $1');
  const ofPart = partOf(turned);
  if (ofPart !== undefined) return ofPart;
  const signed = SIGNS.reduce((text, [phrase, sign]) => text.replaceAll(phrase, sign), ` ${turned} `);
  const parts = signed
    .replaceAll(/\s+/g, '  ')
    .split(SIGN)
    .map((part) => part.trim().replaceAll(/\s+/g, ' '))
    .filter((part) => part !== '');
  if (parts.length < 2 || parts.length > MAX_PARTS) return undefined;
  const figures: string[] = [];
  for (const part of parts) {
    const figure = part === 'percent' ? percentOf(figures.pop()) : figuresOf(part);
    if (figure === undefined) return undefined;
    figures.push(figure);
  }
  return figures.join(' ');
}

/** "half of ninety", "a third of twelve", "two thirds of 9". */
function partOf(text: string): string | undefined {
  const [, part = '', whole = ''] = /^(.+?) of (.+)$/.exec(text) ?? [];
  const [share, value] = [numberOf(part), numberOf(whole)];
  if (share === undefined || value === undefined || !/half|thirds?|quarters?|\w+ths?$| over /.test(part) || share >= 1)
    return undefined;
  const bottom = Math.round(1 / share) === 1 / share ? `1 / ${Math.round(1 / share)}` : figured(share);
  return `${figured(value)} * (${bottom})`;
}

function figuresOf(part: string): string | undefined {
  if (/^(?:sqrt|cbrt|[-+*/^])$/.test(part)) return part;
  const value = numberOf(asNumberWord(part));
  return value === undefined ? undefined : figured(value);
}

function percentOf(figures: string | undefined): string | undefined {
  return figures === undefined || !/^\d/.test(figures) ? undefined : `(${figures} / 100) *`;
}

function figured(value: number): string {
  const text = Number.isInteger(value) ? value.toFixed(0) : String(value);
  return /e/.test(text) ? value.toFixed(15) : text;
}
