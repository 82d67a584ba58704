import { SENTENCE_END } from './clockRules.js';
import { type Rule, wordRule } from './rule.js';

/** Said letter by letter although they could be read as words, or have a vowel and three letters or more. */
const SPELLED = new Set(
  (
    'EST EDT CET CEST BST AI AMD API ATM AWS BA BBC CEO CIA CIO CPU CTO DIY DNA DOI ECG EKG EU FAA FAQ FBI GUI HVAC ID IDE IMF IOT ' +
    'IP IPA IPO IQ IRA IRC IRS ISBN ISO ISP ISS LCD LED MIA MIT MRI NBA NHS OLED OS PA PCI PE RNA SUV TBA UAE ' +
    'UFO UI UK UN UPI UPS URI URL USA USB USSR UTC UV UX VAT VIP YMCA'
  ).split(' '),
);

/** Acronyms that are read as words: voices know them as they are written. */
const AS_WRITTEN = new Set(
  'NASA NATO COVID AIDS RAM ROM PIN SIM LAN WAN GIF UNICEF UNESCO OPEC NAFTA ASAP FIFA UEFA SWAT IKEA'.split(' '),
);

/** Short words that are written large for emphasis. Other words of two or three letters are taken for acronyms. */
const WORDS = new Set(
  (
    'AM AN AND ANY ARE AS AT BE BIG BUT BY CAN DAY DID DO END FAR FEW FOR GET GO GOT HAD HAS HE HER HIM HIS HOT HOW IF IN IS ITS LET ' +
    'ME MY NEW NO NOT NOW OF OFF OH OLD ON ONE OR OUR OUT OWN PUT RUN SAY SEE SHE SIX SO SAD SIT STOP SUN TEN THE TO TOO TOP TRY TWO UP ' +
    'USE VERY WAS WAY WE WHO WHY WIN WON YES YET YOU YOUR ALL ADD ASK BAD BOX BUY CAR CAT COLD CUT DOG DRY EAT FUN HEY HIT HOT JOB LOT LOW MAN MAY ' +
    'MEN MUM MOM DAD OPEN PAY RED SET SKY TEA TAX WET WOW YEAH MAX MIN MIX OVEN FAN LAMP KEY AGO AIR ART BED BUS EGG EYE FIT FIX FLY GAS ICE ' +
    'ILL LAW LEG LIE MAP MUD NET NOR ODD OIL PAN PEN PET PIG POT RAW RIP SEA SON TIE TOE TOY VAN WAR BEST'
  ).split(' '),
);

const SAID: Readonly<Record<string, string>> = {
  OK: 'okay',
  IEEE: 'I triple E',
  WWI: 'World War One',
  WWII: 'World War Two',
};

/** Letters with a space between them; voices take an "A" that stands alone for the article, so it is tied to the next. */
function spelled(letters: string): string {
  return Array.from(letters)
    .join(' ')
    .replace(/(?<=^|[ -])A (?=\p{L})/gu, 'A-');
}

const titled = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase();

function capitals(word: string, isShouted: boolean, beginsSentence: boolean): string {
  if (AS_WRITTEN.has(word)) return word;
  const said = SAID[word];
  if (said !== undefined) return said;
  if (SPELLED.has(word)) return spelled(word);
  if (WORDS.has(word)) return beginsSentence ? titled(word) : word.toLowerCase();
  if (!/[AEIOUY]/.test(word) || (word.length <= 3 && !isShouted)) return spelled(word);
  return titled(word);
}

const BEGINNING = '(?<=((?:^|[.!?…]\\s)["“‘(]?)|)';
const SHOUTED_BEFORE = '(?<=([A-Z]{2}[,;:!]? )|)';
const SHOUTED_AFTER = '(?=([,;:!]? [A-Z]{2})?)';

export const letterRules: readonly Rule[] = [
  wordRule('(?<![\\p{L}\\d])PhD(s?)(?!\\p{L})', ([, plural]) => (plural ? "P H D's" : 'P H D')),
  wordRule(
    `(?<![\\p{L}\\d.])((?:[A-Z]\\.){1,6}[A-Z])(?:\\.(?!${SENTENCE_END}|\\p{L})|(?=\\.${SENTENCE_END})|(?![\\p{L}.]))`,
    ([, letters = '']) => spelled(letters.replaceAll('.', '')),
  ),
  wordRule(
    `${BEGINNING}${SHOUTED_BEFORE}(?<!\\p{L})([A-Z]{2,24})(s|['’]s)?(?![\\p{L}\\p{M}])${SHOUTED_AFTER}`,
    ([, beginning, before, word = '', plural, after]) => {
      const words = capitals(word, before !== undefined || after !== undefined, beginning !== undefined);
      if (plural === undefined) return words;
      // "D V Ds" is read as "D V D S".
      return /[ -]/.test(words) ? `${words}'s` : `${words}${plural}`;
    },
  ),
];
