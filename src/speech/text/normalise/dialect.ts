/** Where the owner lives, as far as it changes what is said. */
export interface SpokenLocale {
  /** BCP 47 tag, e.g. "en-GB". */
  readonly language: string;
  /** How a time written with figures is said: "seven oh five p m" or "nineteen oh five". */
  readonly clock: '12h' | '24h';
}

/** A way of speaking English. */
export interface Dialect {
  readonly clock: '12h' | '24h';
  /** "One hundred and five", "metres", "three nil"; else "one hundred five", "meters", "three zero". */
  readonly isBritish: boolean;
  /** 11/12 is a day in December, which is "the eleventh of December"; else in November, "November twelfth". */
  readonly dayFirst: boolean;
}

/** Regions that write and say dates and numbers as the United States do. English without a region is theirs. */
const AMERICAN = ['US', 'PH', 'PR', 'CA'];

/** Undefined when the language is not English. */
export function dialectOf({ language, clock }: SpokenLocale): Dialect | undefined {
  const [tag = '', ...subtags] = language.split(/[-_]/);
  if (tag.toLowerCase() !== 'en') return undefined;
  const region = subtags.find((subtag) => /^[a-z]{2}$/i.test(subtag))?.toUpperCase() ?? 'US';
  const isBritish = !AMERICAN.includes(region);
  return { clock, isBritish, dayFirst: isBritish };
}
