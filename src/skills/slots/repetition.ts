const DAYS = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';

const REPEATING = new RegExp(
  `\\b(?:every|each|daily|weekly|nightly|monthly|yearly|recurring|repeat(?:s|ed|ing|edly)?|weekdays?|weekends?|${DAYS}s|(?:mornings|evenings|nights)|${DAYS} (?:to|till|until|through) ${DAYS})\\b`,
);

/** Whether words want something more than once: "every morning", "on weekdays", "Monday to Friday". */
export function asksToRepeat(words: string): boolean {
  return REPEATING.test(words);
}
