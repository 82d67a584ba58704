import { cardinal, digitWords, NUMBER, numberWords, pairWords } from './cardinals.js';
import { ordinal } from './ordinals.js';
import { type Rule, rule } from './rule.js';

/** What a result of a game follows. */
const GAMES =
  'won|win|wins|lost|lose|loses|beat|beats|drew|draw|score|scored|result|led|lead|leads|leading|trailing|final|finished|ended|tied|victory|defeat|match|game';

/** Plain numbers, and what stands between two of them. The last rule leaves no figure unsaid. */
/** Of which there are millions: "5M users". A room or a model may be called "5M". */
const MANY = '(?= (?:people|(?!(?:models|always|across|perhaps|this)\\b)\\p{Ll}{4,14}s)(?!\\p{L}))';

export const numberRules: readonly Rule[] = [
  rule(
    `(${NUMBER})([MB])${MANY}`,
    ([, figures = '', scale], dialect) => `${numberWords(figures, dialect)} ${scale === 'M' ? 'million' : 'billion'}`,
  ),
  rule(
    '(?<![\\d.,])(\\d{1,3}\\.\\d{1,2})M(?![\\p{L}\\d])',
    ([, figures = ''], dialect) => `${numberWords(figures, dialect)} million`,
  ),
  rule('[#№]\\s?(?=\\d)', () => 'number'),
  rule(
    `(?<!\\d)(\\d{1,3}(?:,\\d{3}){0,4}|\\d{1,15})(?:st|nd|rd|th|ST|ND|RD|TH)(?![\\p{L}\\d])`,
    ([, figures = ''], dialect) => ordinal(Number(figures.replaceAll(',', '')), dialect),
  ),
  rule(
    `(?<=\\b(?:${GAMES})(?: \\p{Ll}{1,10}){0,2}(?: \\p{Lu}\\p{Ll}{1,14})?,? )(\\d{1,3})[-–](\\d{1,3})(?![\\d\\p{L}%]|[-–.,/]\\d| (?:minutes?|hours?|days?|years?|people|percent|times))`,
    ([, own = '', other = ''], dialect) => {
      const nil = (figures: string) =>
        figures === '0' && dialect.isBritish ? 'nil' : cardinal(Number(figures), dialect);
      return `${nil(own)} ${nil(other)}`;
    },
  ),
  rule('(?<=\\d(?:\\p{L}{0,3}|\\s?[ap]\\.?m\\.?)|[%°¢€£])[-–—](?=[-−]?[$€£]?\\d)', () => 'to'),
  rule('(?<=\\d )– (?=\\d)', () => 'to'),
  rule('(?<=[\\d\\p{L})]\\s|^|[\\s(["“=])[-−–](?=[$€£]?\\.?\\d)', () => 'minus'),
  rule('\\+(?=\\d)', () => 'plus'),
  rule('±\\s?(?=\\d)', () => 'plus or minus'),
  rule('(?<!\\d)\\.(\\d{1,20})(?!\\d)', ([, fraction = '']) => `point ${digitWords(fraction)}`),
  // The number in a name: "B12", "A380", "H2O", "USB3".
  rule('(?<=\\p{L}|\\p{L}-(?=\\d{3}))(\\d{1,4})(?![\\d.,])', ([, figures = '']) => pairWords(figures)),
  rule(`${NUMBER}(?=-\\p{Ll})`, ([figures], dialect) =>
    /[.,]/.test(figures) ? numberWords(figures, dialect) : numberWords(figures, dialect).replaceAll(' ', '-'),
  ),
  rule(NUMBER, ([figures], dialect) => numberWords(figures, dialect)),
  rule('(?<=\\d),(?=\\d)', () => ','),
  rule('(?<=\\d):(?=\\d)', () => 'to'),
  rule('(?<=\\d)/(?=(?:5|10|100)(?![\\d/]|[.,]\\d))', () => 'out of'),
  rule('(?<=\\d)/(?=\\d)', () => 'over'),
  rule('(?<=\\d)\\.(?=\\d)', () => 'point'),
  rule('(?<=\\d\\s?)[%％]', () => 'percent'),
  rule('\\d{1,300}', ([figures]) => digitWords(figures)),
];
