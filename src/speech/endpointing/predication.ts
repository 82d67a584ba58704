import {
  AUXILIARIES,
  BE,
  CLAUSE_OPENERS,
  DETERMINERS,
  isAdjective,
  QUESTION_WORDS,
  REPORTING,
  SUBJECTS,
  TRANSITIVE,
} from './wordClasses.js';

/** With these "is" and a noun are a whole question: "where is the key?", but not "why is the sky". */
const ASKS_WHAT_IS = /^(what|who|where|when|how|which|whose)$/;

/** What is asked for is the object: "what can I cook?", "how many should I buy?" */
const ASKS_FOR_OBJECT = /^(what|who|whom|which|how (many|much)\b.*)$/;

/** What is asked for can be the subject: "which planet has", "whose dog is"; but not where "do" stands before one. */
const ASKS_FOR_SUBJECT = /^(what|which|whose) ./;
const DO = /^(do|does|did)(n't)?$/;

/**
 * Whether a question has no predicate yet: "why is the sky", "how do magnets", "do you". Quirk et al., "A Comprehensive
 * Grammar of the English Language" (1985), chapter 11: the auxiliary comes before the subject, the rest of
 * the predicate after it.
 */
export function lacksPredicate(said: readonly string[]): boolean {
  const [first = ''] = said;
  const contracted = /^(what|who|where|when|why|how)'s$/.exec(first)?.[1];
  if (contracted) return lacksRest(contracted, 'is', said.slice(1));
  const at = said.findIndex((word) => AUXILIARIES.has(word));
  if (at < 0) return lacksVerb(said);
  const asked = said.slice(0, at).join(' ');
  const rest = said.slice(at + 1);
  return lacksRest(asked, said[at] ?? '', rest);
}

/** Whether a clause within the sentence has a subject only: "explain how a vaccine", "stop when it". */
export function lacksClause(said: readonly string[]): boolean {
  const at = said.findLastIndex((word, index) => {
    return index > 0 && (CLAUSE_OPENERS.has(word) || (word === 'that' && REPORTING.has(said[0] ?? '')));
  });
  return at > 0 && withoutSubject(said.slice(at + 1)).length === 0;
}

function lacksRest(asked: string, auxiliary: string, rest: readonly string[]): boolean {
  const predicate = withoutSubject(rest);
  if (rest.at(-1) === 'going' && rest.length > 1) return true;
  if (
    BE.has(auxiliary) &&
    !(asked === 'when' && /^(was|were)$/.test(auxiliary)) &&
    ASKS_WHAT_IS.test(asked.split(' ')[0] ?? '')
  )
    return rest.length === 0;
  if (predicate.length === 0) return rest.length === 0 || DO.test(auxiliary) || !ASKS_FOR_SUBJECT.test(asked);
  const last = predicate.at(-1) ?? '';
  return TRANSITIVE.has(last) && !ASKS_FOR_OBJECT.test(asked) && !(last === 'take' && asked.startsWith('how'));
}

/** Questions without an auxiliary: "who wrote", "what happened", "how many people live". */
function lacksVerb(said: readonly string[]): boolean {
  const [first = '', second = ''] = said;
  if (!QUESTION_WORDS.has(first)) return false;
  if (first === 'how') return !/^(many|much|come|about)$/.test(second) || said.length < 4;
  return /^(which|whose)$/.test(first) ? said.length < 4 : first === 'what' && !/(s|ed)$/.test(second);
}

/** What follows the subject, as far as one can tell where that ends: after a pronoun, or a noun and what is before it. */
function withoutSubject(rest: readonly string[]): readonly string[] {
  const [first = ''] = rest;
  if (SUBJECTS.has(first)) return rest.slice(1);
  const noun = rest.findIndex((word) => !DETERMINERS.has(word) && !isAdjective(word));
  return noun < 0 ? [] : rest.slice(noun + 1);
}
