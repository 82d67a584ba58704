import { lacksClause, lacksPredicate } from './predication.js';
import { lacksComplement, lacksNoun, lacksRelation } from './valency.js';
import {
  ANSWERS,
  AUXILIARIES,
  BE,
  BEFORE_YEARS,
  CLAUSE_OPENERS,
  CLOSING_VERBS,
  HESITATIONS,
  NUMBER_WORDS,
  OPENERS,
  ORDER_VERBS,
  PARTICLES,
  PHRASAL_VERBS,
  PRONOUNS,
  QUANTITIES,
  QUESTION_WORDS,
  REPORTING,
  STRANDED,
  SUBJECTS,
} from './wordClasses.js';

/**
 * How finished something sounds to a listener who knows the words but not the speaker: `finished`, a question or a
 * sentence that needs nothing more; `unfinished`, something must follow ("turn on the"); `unclear`, anything else.
 */
export type Finishedness = 'finished' | 'unfinished' | 'unclear';

/** So many numbers in a row are dictated: a telephone number, a code. Two are a time or an amount. */
const DICTATED_NUMBERS = 3;

/** Shorter is finished only when it is an answer. */
const SENTENCE_WORDS = 3;

/**
 * Judges the transcript of what was said so far. English only; a recogniser's punctuation counts where it says more than
 * that the sound has ended: a comma or an ellipsis, and a question mark after what does not begin like a question, but
 * not a full stop.
 */
export function finishednessOf(transcript: string): Finishedness {
  const text = transcript.trim().toLowerCase().replaceAll('’', "'");
  const spoken = text.match(/[a-z0-9]+(?:['.:][a-z0-9]+)*/g) ?? [];
  const said = withoutPoliteness(spoken);
  const [first = ''] = said;
  if (spoken.length === 0) return 'unclear';
  const asks = QUESTION_WORDS.has(first) || AUXILIARIES.has(first);
  const orders = ORDER_VERBS.has(first);
  if (/(?:,|-|\.\.\.|…|:|;)$/.test(text) || hesitates(said, asks) || isDictated(said)) return 'unfinished';
  if (said.every((word) => ANSWERS.has(word))) return 'finished';
  const ending = endingOf(said, asks, orders);
  if (ending !== 'finished') return ending;
  if (lacksNoun(said)) return 'unfinished';
  if (spoken.length < SENTENCE_WORDS) return text.endsWith('?') && !asks ? 'finished' : 'unclear';
  if (asks && lacksPredicate(said)) return 'unclear';
  if (orders && lacksComplement(said)) return 'unclear';
  if (lacksClause(said) || lacksRelation(said)) return 'unclear';
  return asks || orders || text.endsWith('?') ? 'finished' : 'unclear';
}

/** "Please turn it off", "turn it off please", "could you turn it off": they all say "turn it off". */
function withoutPoliteness(spoken: readonly string[]): readonly string[] {
  const said = spoken.length > 1 && spoken.at(-1) === 'please' ? spoken.slice(0, -1) : spoken;
  const order = said.join(' ').replace(/^(?:please )?(?:(?:can|could|will|would) you )?(?:please )?/, '');
  const [verb = ''] = order.split(' ');
  return ORDER_VERBS.has(verb) ? order.split(' ') : said;
}

/** Looks for words. "What is it like?" and "did you sleep well?" do not. */
function hesitates(said: readonly string[], asks: boolean): boolean {
  const last = said.at(-1) ?? '';
  return HESITATIONS.has(last) && !(asks && said.length > SENTENCE_WORDS && /^(like|well)$/.test(last));
}

/** What the last word alone says: most words can be the last, some cannot, and some can in some sentences. */
function endingOf(said: readonly string[], asks: boolean, orders: boolean): Finishedness {
  const before = said.at(-2) ?? '';
  const last = said.at(-1) ?? '';
  if (PRONOUNS.has(last) && said.length >= SENTENCE_WORDS) return isSubject(said, asks) ? 'unfinished' : 'finished';
  if (!OPENERS.has(last)) return 'finished';
  if (last === 'may' && /^(of|in|this|next|last)$/.test(before)) return 'finished'; // the month
  if (last === 'like' && asks) return 'finished';
  if (last === 'be' && QUESTION_WORDS.has(said[0] ?? '') && said.length > SENTENCE_WORDS) return 'finished';
  if (said.length < SENTENCE_WORDS) return 'unfinished';
  if (QUANTITIES.has(last)) return before === 'the' || before === 'a' ? 'unfinished' : quantityEnds(before);
  // After its object: "turn the lights off", "turn it on"; but "turn on", and "turn off the lights in".
  if (PARTICLES.has(last) && orders) {
    const isFirst = !said.slice(0, -1).some((word) => PARTICLES.has(word));
    return PHRASAL_VERBS.has(said[0] ?? '') && isFirst && endsObject(before) ? 'finished' : 'unfinished';
  }
  // "Is the oven still on?", but "is the film on" Sunday.
  if (PARTICLES.has(last) && BE.has(said[0] ?? '') && endsObject(before))
    return /^(still|already|turned|switched)$/.test(before) ? 'finished' : 'unclear';
  return asks && endsQuestion(said) ? 'finished' : 'unfinished';
}

/** "What is it for?", "what should I do?", "who is she?" */
function endsQuestion(said: readonly string[]): boolean {
  const [before = '', last = ''] = said.slice(-2);
  const isOpen = QUESTION_WORDS.has(said[0] ?? '');
  if (SUBJECTS.has(last)) return isOpen && BE.has(before);
  if (!PRONOUNS.has(before) && !SUBJECTS.has(before)) return false;
  if (STRANDED.has(last)) return /^(what|who|which|where)/.test(said[0] ?? '');
  return CLOSING_VERBS.has(last);
}

/** "Stop when it", "remind me that", "will it rain this": the pronoun begins something. */
function isSubject(said: readonly string[], asks: boolean): boolean {
  const [before = '', last = ''] = said.slice(-2);
  if (CLAUSE_OPENERS.has(before)) return true;
  if (last === 'that' && REPORTING.has(said[0] ?? '')) return !OPENERS.has(before) || before === 'me';
  if (last === 'that' && !asks && said.length > SENTENCE_WORDS) return !OPENERS.has(before);
  return asks && /^(this|these|those)$/.test(last) && said.length > SENTENCE_WORDS && !OPENERS.has(before);
}

function endsObject(word: string): boolean {
  return PRONOUNS.has(word) || !OPENERS.has(word);
}

/** "Tell me more", "turn it up more"; but "say that again more" slowly. */
function quantityEnds(before: string): Finishedness {
  return OPENERS.has(before) || /^(me|him|her|us|them|much|little|bit|once|is)$/.test(before) ? 'finished' : 'unclear';
}

function isDictated(said: readonly string[]): boolean {
  let numbers = 0;
  let before = '';
  for (const word of said.toReversed()) {
    before = word;
    if (!NUMBER_WORDS.has(word) && !/^\d+$/.test(word)) break;
    numbers += /^\d{3,}$/.test(word) ? DICTATED_NUMBERS : 1;
  }
  return numbers >= DICTATED_NUMBERS && !BEFORE_YEARS.has(before);
}
