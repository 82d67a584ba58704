import { cardinal, NUMBER, numberWords } from './cardinals.js';
import { type Rule, rule } from './rule.js';
import { UNIT, unitName } from './units.js';

/** After "a", a measure is a part of the name: "a five kilometer run". */
const MEASURES = '(?<=(\\b[Aa]n? )|)';

/** A full stop that ends the sign and no sentence. */
export const INNER_STOP = '(?:\\.(?=[,;:]| [\\p{Ll}\\d]))?';

const INCHES_OF = ' ?(?:screen|display|monitor|TV|pipe|disk|wide|tall|long|thick|deep|wheel|pizza|x )';

const foot = (feet: string, inches: string | undefined): string => {
  const count = (figures: string) => cardinal(Number(figures), { isBritish: false });
  if (inches === undefined) return `${count(feet)} ${feet === '1' ? 'foot' : 'feet'}`;
  return `${count(feet)} foot ${count(inches)}`;
};

export const unitRules: readonly Rule[] = [
  // One temperature on two scales: "200°C/400°F".
  rule('(?<=°[CF]|Celsius|Fahrenheit) ?/ ?(?=\\d)', () => 'or'),
  rule(
    '(?<!\\d)(\\d{1,2}) ?ft\\.?,? ?(1[01]|\\d) ?in(?![\\p{L}\\d]| the | a )(?:\\.(?= \\p{Ll}))?',
    ([, feet = '', inches]) => foot(feet, inches),
  ),
  rule("(?<!\\d)(\\d{1,2})['’′] ?(1[01]|\\d)(?:[\"”″]|['’]{2}|(?![\\d\\p{L}'’]))", ([, feet = '', inches]) =>
    foot(feet, inches),
  ),
  rule("(?<!\\d)(\\d{1,6})(?:′|'(?= (?:tall|long|wide|high|deep)))", ([, feet = '']) => foot(feet, undefined)),
  rule(
    `${MEASURES}(${NUMBER})(?:″|["”](?=${INCHES_OF}))`,
    ([, article, figures = ''], dialect) =>
      `${numberWords(figures, dialect)} ${figures === '1' || article !== undefined ? 'inch' : 'inches'}`,
  ),
  rule(
    `(${NUMBER}) ?in(?:\\.(?=[,;:]| \\p{Ll})|(?<=\\din)(?![\\p{L}\\d]))`,
    ([, figures = ''], dialect) => `${numberWords(figures, dialect)} ${figures === '1' ? 'inch' : 'inches'}`,
  ),
  rule(
    `${MEASURES}(${NUMBER})(?:[ -]?(${UNIT}))(?![\\p{L}\\d²³]|['’]\\p{L})(?:/(\\p{L}{1,8})(?!\\p{L}))?${INNER_STOP}(?=( \\p{Ll})?)`,
    ([, article, figures = '', sign = '', per, noun], dialect) => {
      const isName = article !== undefined && noun !== undefined;
      const unit = unitName(sign, figures === '1' || isName, dialect);
      const each = per === undefined ? '' : ` per ${unitName(per, true, dialect) ?? per}`;
      return `${numberWords(figures, dialect)} ${unit}${each}`;
    },
  ),
];
