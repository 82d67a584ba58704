import { cardinal } from './cardinals.js';
import { ordinal } from './ordinals.js';
import { type Rule, wordRule } from './rule.js';

const MONARCHS =
  'King|Queen|Pope|Emperor|Albert|Alexander|Alfonso|Benedict|Boniface|Catherine|Charles|Christian|Clement|Edward|Elizabeth|Felipe|Ferdinand|Francis|Frederick|George|Gregory|Gustav|Haakon|Harald|Henry|Innocent|Ivan|James|John|Joseph|Leo|Leopold|Louis|Margaret|Mary|Napoleon|Nicholas|Otto|Paul|Peter|Philip|Pius|Ramesses|Ramses|Richard|Robert|Rudolf|Urban|Victor|William|Wilhelm';
const NUMBERED =
  '[Cc]hapter|[Pp]art|[Ss]ection|[Vv]olume|[Bb]ook|[Aa]ct|[Ss]cene|[Pp]hase|[Tt]ype|[Aa]rticle|[Aa]ppendix|[Ll]evel|[Ss]tage|[Ee]pisode|World War|Super Bowl|Title|Class|Rocky|Final Fantasy';

/** Up to 89. A single letter is one of those that are seldom anything else, and "I" only where no sentence follows it. */
const NUMERAL =
  '(?=[IVXL]{2,8}(?![\\p{L}\\d])|[VX](?![\\p{L}\\d.]|\\.\\p{L})|[VX]\\.(?:$|\\s)|I(?:[.,;:!?)]|$))((?:XL|LX{0,3}|X{0,3})(?:IX|IV|VI{0,3}|I{0,3}))(?![\\p{L}\\d]|\\.\\p{L}| \\p{Lu}(?!\\p{L}))';

const VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50 };

function romanValue(numeral: string): number {
  const values = Array.from(numeral, (letter) => VALUES[letter] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Roman numerals where only a numeral can stand: elsewhere they are letters, or a word. */
export const romanRules: readonly Rule[] = [
  wordRule(`(?<=\\b(?:${MONARCHS}) )${NUMERAL}`, ([, numeral = '']) =>
    numeral === '' ? undefined : `the ${capital(ordinal(romanValue(numeral), { isBritish: false }))}`,
  ),
  wordRule(`(?<=\\b(?:${NUMBERED}) )${NUMERAL}`, ([, numeral = '']) =>
    numeral === '' ? undefined : cardinal(romanValue(numeral), { isBritish: false }),
  ),
  wordRule(`${NUMERAL}(?= [Cc]entur(?:y|ies)(?!\\p{L}))`, ([, numeral = '']) =>
    numeral === '' ? undefined : ordinal(romanValue(numeral), { isBritish: false }),
  ),
];
