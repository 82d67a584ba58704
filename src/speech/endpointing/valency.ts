import {
  BE,
  CALLED_FOR,
  DITRANSITIVE,
  isAdjective,
  isQuality,
  JUDGEMENTS,
  NUMBER_WORDS,
  PARTICLES,
  PRONOUNS,
  RELATIONAL,
  TRANSITIVE,
} from './wordClasses.js';

/** Whether an order has a verb that calls for more: "add milk" (to what?), "remind me to call" (whom?). */
export function lacksComplement(said: readonly string[]): boolean {
  const [verb = '', ...rest] = said;
  const last = rest.at(-1) ?? '';
  if (rest.length === 0) return TRANSITIVE.has(verb);
  if (rest.length === 1 && DITRANSITIVE.has(verb) && PRONOUNS.has(last)) return !/^(it|that|this)$/.test(last);
  if (rest.length === 1 && /^(turn|switch|put|take)$/.test(verb) && PARTICLES.has(last)) return true;
  const calledFor = CALLED_FOR.get(verb);
  if (calledFor && !rest.some((word) => calledFor.has(word)) && !(verb === 'set' && rest.some(isNumber))) return true;
  // "Make the heating", "keep the light": how?
  if (/^(make|keep)$/.test(verb) && /^(the|my|it)$/.test(rest[0] ?? '') && rest.length < 3 - Number(rest[0] === 'it'))
    return true;
  return rest.length > 1 && /^(to|me|us)$/.test(rest.at(-2) ?? '') && TRANSITIVE.has(last);
}

/** Whether what stands at the end is the beginning of a longer phrase: "the old", "the capital", "for ten". */
export function lacksNoun(said: readonly string[]): boolean {
  const [before = '', last = ''] = said.slice(-2);
  return /^(the|an?|my|your|our|their|his|its)$/.test(before) && isQuality(last) && `${before} ${last}` !== 'a little';
}

/** The same, less surely: "the capital" may be all that somebody wants to know of. */
export function lacksRelation(said: readonly string[]): boolean {
  const [first = '', second = ''] = said;
  const [before = '', last = ''] = said.slice(-2);
  const noun = last.replace(/s$/, '');
  const head = said.slice(0, -1).findLast((word) => !isAdjective(word)) ?? ''; // "the quickest way"
  if (/^(the|a|an)$/.test(head) && RELATIONAL.has(noun)) return true;
  if (/^(a|an|the|me|us)$/.test(before) && NUMBER_WORDS.has(last) && last !== 'one') return true; // "a ten" year old
  if (/^(the|my)$/.test(before) && isAdjective(last)) return true;
  if (/^(what|what's|how)$/.test(first) && /^(times|plus|minus)$/.test(last)) return true;
  if (before === 'at' && last === 'half') return true;
  if (before === 'to' && said.includes('way') && TRANSITIVE.has(last)) return true;
  if (BE.has(first) && last.endsWith('er') && isQuality(last.slice(0, -2))) return true; // than whom?
  if (said.at(-2) === 'square' && last === 'root') return true;
  if (said.includes('between') && !said.includes('and')) return true;
  if (/^(something|anything|somewhere|somebody|someone)$/.test(last)) return true;
  if (first === 'is' && second === 'it' && said.length === 3 && JUDGEMENTS.has(last)) return true;
  if (/^(for|after)$/.test(before) && NUMBER_WORDS.has(last) && !said.includes('alarm')) return true; // minutes, people
  if (/^(what|what's|how)$/.test(first) && said.length < 5 && isNumber(last)) return true; // "what is seven": times what?
  // "The living" room, "the washing" machine; such nouns end a sentence seldom.
  return /^(the|a|my|some)$/.test(before) && /[^aeiou]ing$/.test(last) && last.length > 5 && !GERUND_NOUNS.test(last);
}

/** Things that are called after what they do. */
const GERUND_NOUNS = /^(heating|lighting|building|meeting|wedding|evening|morning|ceiling|painting|spring|string)$/;

function isNumber(word: string): boolean {
  return NUMBER_WORDS.has(word) || /^\d/.test(word);
}
