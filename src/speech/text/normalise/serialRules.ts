import { cardinal, digitWords, pairWords } from './cardinals.js';
import { type Rule, rule, wordRule } from './rule.js';

/** Groups of figures one by one, with a pause after each group. */
const groups = (written: string): string => (written.match(/\d+/g) ?? []).map(digitWords).join(', ');

const parts = (written: string): string =>
  written
    .split('.')
    .map((part) => (part.length > 3 ? digitWords(part) : cardinal(Number(part), { isBritish: false })))
    .join(' point ');

const PHONE_LEADS = '(?:[Cc]all|[Dd]ial|[Tt]ext|[Pp]hone|[Nn]umber|[Rr]ing|[Tt]el)(?:\\.|:| is| at| on| me at)?';

/** Before a number that is told figure by figure. */
const CODE_LEADS =
  '(?:[Zz]ip|ZIP|PIN|[Pp]ostcode|[Pp]asscode|[Pp]in|[Ee]xtension|[Cc]ode|(?:[Aa]ccount|[Oo]rder|[Tt]racking|PIN) number)(?: code)?(?::| is)?';

/** Numbers that count nothing: of telephones, books, cards, versions, computers. */
export const serialRules: readonly Rule[] = [
  rule('\\+(\\d{1,3})((?:[ .-]?\\(?\\d{1,5}\\)?){1,6})(?!\\d)', ([written, country = '', rest = '']) =>
    written.replace(/\D/g, '').length < 8
      ? undefined
      : `plus ${/[ .(-]/.test(rest) ? '' : ''}${groups(`${country}${rest}`)}`,
  ),
  rule('(?:\\(\\d{3}\\) ?|(?<![\\d.,-])\\d{3}[-. ])\\d{3}[-.]\\d{4}(?![\\d-])', ([written]) => groups(written)),
  rule('(?<![\\d.,-])(?:555-\\d{4}|\\d{3}-0\\d{3})(?![\\d-])', ([written]) => groups(written)),
  rule(`(?<=\\b${PHONE_LEADS} )\\d{3}-\\d{4}(?![\\d-])`, ([written]) => groups(written)),
  rule('(?<=\\b(?:[Cc]all|[Dd]ial|[Rr]ing|[Tt]ext|[Pp]hone) )\\d{3}(?![\\d\\p{L}]|[-.,:]\\d| \\p{L})', ([written]) =>
    groups(written),
  ),
  rule('(?<=\\b(?:[Cc]all|[Dd]ial|[Rr]ing) )(?:911|999|112|000|111)(?!\\d|[-.,:]\\d)', ([written]) => groups(written)),
  rule('(?<![\\d.,+-])0\\d{2,4}[ /-]\\d{3,8}(?:[ -]\\d{2,8}){0,3}(?!\\d)', ([written]) => groups(written)),
  rule(
    '(?<![\\d.,-])97[89](?:[- ]\\d{1,7}){3}[- ][\\dX](?![\\d\\p{L}])',
    ([written]) => `${groups(written)}${written.endsWith('X') ? ', X' : ''}`,
  ),
  rule('(?<![\\d.,-])\\d{4}(?:[ -]\\d{4}){2,4}(?![\\d-])', ([written]) => groups(written)),
  rule(`(?<=\\b${CODE_LEADS} )\\d{3,9}(?![\\d\\p{L}%]|[-.,:/]\\d| \\p{Ll}{2,14}s(?!\\p{L}))`, ([code]) =>
    digitWords(code),
  ),
  // A chain is a code, a range has two ends.
  rule('(?<![\\d-])\\d{1,4}(?:-\\d{1,4}){2,5}(?![\\d-])', ([chain]) => groups(chain)),
  rule('(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\d|\\.\\d)', ([address]) =>
    address.split('.').map(pairWords).join(' dot '),
  ),
  wordRule('[vV](\\d{1,5}(?:\\.\\d{1,5}){0,4})(?![\\d\\p{L}])', ([, version = '']) => `version ${parts(version)}`),
  rule('(?<![\\d.])\\d{1,5}(?:\\.\\d{1,5}){2,5}(?![\\d\\p{L}])', ([version]) => parts(version)),
  rule('(?<=\\b[Vv]ersions? )\\d{1,5}\\.\\d{1,5}(?![\\d\\p{L}]|\\.\\d)', ([version]) => parts(version)),
  // Too long to be counted with: figure by figure in threes. Longer ones in pieces.
  rule('(?<![.,])(?<!\\d)\\d{10,36}(?![\\d%]|[.,]\\d|\\p{L})', ([written]) =>
    (written.match(/\d{1,3}/g) ?? []).map(digitWords).join(', '),
  ),
];
