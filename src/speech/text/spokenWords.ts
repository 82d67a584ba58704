/** How a language says the symbols that its voices would skip or spell. */
export interface SpokenWords {
  readonly and: string;
  /** In addresses: "ana at example dot com". */
  readonly at: string;
  readonly dot: string;
  readonly dash: string;
  readonly underscore: string;
  readonly percent: string;
  readonly degrees: string;
  readonly celsius: string;
  readonly fahrenheit: string;
  readonly times: string;
  readonly about: string;
  readonly lessThan: string;
  readonly greaterThan: string;
  readonly over: string;
  readonly number: string;
  /** Before the number of a part of a law. */
  readonly section: string;
  readonly sharp: string;
  readonly squareRootOf: string;
  readonly toThePowerOf: string;
}

const english: SpokenWords = {
  and: 'and',
  at: 'at',
  dot: 'dot',
  dash: 'dash',
  underscore: 'underscore',
  percent: 'percent',
  degrees: 'degrees',
  celsius: 'Celsius',
  fahrenheit: 'Fahrenheit',
  times: 'times',
  about: 'about',
  lessThan: 'less than',
  greaterThan: 'greater than',
  over: 'over',
  number: 'number',
  section: 'section',
  sharp: 'sharp',
  squareRootOf: 'square root of',
  toThePowerOf: 'to the power of',
};

const byLanguage = new Map<string, SpokenWords>([
  ['en', english],
  [
    'de',
    {
      and: 'und',
      at: 'at',
      dot: 'Punkt',
      dash: 'minus',
      underscore: 'Unterstrich',
      percent: 'Prozent',
      degrees: 'Grad',
      celsius: 'Celsius',
      fahrenheit: 'Fahrenheit',
      times: 'mal',
      about: 'etwa',
      lessThan: 'kleiner als',
      greaterThan: 'größer als',
      over: 'durch',
      number: 'Nummer',
      section: 'Paragraf',
      sharp: 'sharp',
      squareRootOf: 'Wurzel aus',
      toThePowerOf: 'hoch',
    },
  ],
  [
    'fr',
    {
      and: 'et',
      at: 'arobase',
      dot: 'point',
      dash: 'tiret',
      underscore: 'tiret bas',
      percent: 'pour cent',
      degrees: 'degrés',
      celsius: 'Celsius',
      fahrenheit: 'Fahrenheit',
      times: 'fois',
      about: 'environ',
      lessThan: 'inférieur à',
      greaterThan: 'supérieur à',
      over: 'sur',
      number: 'numéro',
      section: 'paragraphe',
      sharp: 'sharp',
      squareRootOf: 'racine de',
      toThePowerOf: 'puissance',
    },
  ],
  [
    'es',
    {
      and: 'y',
      at: 'arroba',
      dot: 'punto',
      dash: 'guion',
      underscore: 'guion bajo',
      percent: 'por ciento',
      degrees: 'grados',
      celsius: 'Celsius',
      fahrenheit: 'Fahrenheit',
      times: 'por',
      about: 'unos',
      lessThan: 'menor que',
      greaterThan: 'mayor que',
      over: 'entre',
      number: 'número',
      section: 'sección',
      sharp: 'sharp',
      squareRootOf: 'raíz de',
      toThePowerOf: 'elevado a',
    },
  ],
  [
    'pt',
    {
      and: 'e',
      at: 'arroba',
      dot: 'ponto',
      dash: 'hífen',
      underscore: 'sublinhado',
      percent: 'por cento',
      degrees: 'graus',
      celsius: 'Celsius',
      fahrenheit: 'Fahrenheit',
      times: 'vezes',
      about: 'cerca de',
      lessThan: 'menor que',
      greaterThan: 'maior que',
      over: 'sobre',
      number: 'número',
      section: 'parágrafo',
      sharp: 'sharp',
      squareRootOf: 'raiz de',
      toThePowerOf: 'elevado a',
    },
  ],
  [
    'it',
    {
      and: 'e',
      at: 'chiocciola',
      dot: 'punto',
      dash: 'trattino',
      underscore: 'trattino basso',
      percent: 'per cento',
      degrees: 'gradi',
      celsius: 'Celsius',
      fahrenheit: 'Fahrenheit',
      times: 'per',
      about: 'circa',
      lessThan: 'minore di',
      greaterThan: 'maggiore di',
      over: 'fratto',
      number: 'numero',
      section: 'paragrafo',
      sharp: 'sharp',
      squareRootOf: 'radice di',
      toThePowerOf: 'elevato a',
    },
  ],
]);

/** Words of `language`, a BCP 47 tag ("en-GB") of which the first part counts; English for those without data. */
export const spokenWords = (language: string): SpokenWords =>
  byLanguage.get(language.toLowerCase().split(/[-_]/)[0] ?? '') ?? english;
