/**
 * How finished something sounds to a listener who knows the words but not the speaker: `finished`, a question or a
 * sentence that needs nothing more; `unfinished`, something must follow ("turn on the"); `unclear`, anything else.
 */
export type Finishedness = 'finished' | 'unfinished' | 'unclear';

/** Sounds of somebody who looks for words. */
const HESITATIONS = words('um uh uhm er erm hmm hm mm well like');

/** Words that nothing ends with: what they belong to is still to come. */
const OPENERS = words(`
  a an the this these those my your our their its every each some any no another
  and or but nor so because although though unless until while whereas since if whether than as like
  of to in on at by for from with without about into onto over under between through during before after against per
  is are was were be am been being do does did have has had will would can could shall should may might must
  i'm you're we're they're it's that's there's what's who's where's how's let's i'll we'll you'll he'll she'll they'll i'd we'd
  very really quite too more most less least please also just only not never
  i you we they he she who which whose whom what where when why how
  mr mrs ms dr saint number`);

/** Some of those do end an order ("turn it on"), */
const PARTICLES = words('on off in out up down over through');
/** a question ("what is it for?", "do you know what that is?"), */
const CLOSING_IN_QUESTIONS = words('for about to with from at by of like is are was were do does did can will');
/** or either ("who are you?", "tell me more"). */
const PRONOUNS = words('you it this that these those me him her us them mine yours too more most less');

/** Orders and questions begin with these. */
const QUESTION_WORDS = words("what what's who who's whose whom which where where's when when's why how how's");
const ASKING_VERBS = words(
  "is are am was were do does did can could will would shall should may might must have has had isn't aren't don't doesn't didn't can't couldn't won't wouldn't",
);
const ORDER_VERBS = words(`
  turn switch set start stop play pause tell give show find add remove delete cancel call open close read repeat say make
  remind wake help explain write sing count spell translate convert calculate define describe list name put lock unlock
  dim brighten raise lower increase decrease mute unmute skip go let check search look order buy send`);

/** Words of a number that is being dictated, digit by digit or in groups. */
const NUMBER_WORDS = words(`
  zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million point double triple`);

/** So many numbers in a row are dictated: a telephone number, a code. Two are a time or an amount. */
const DICTATED_NUMBERS = 3;

/** Shorter is finished only when it is an answer. */
const SENTENCE_WORDS = 3;

/** Whole answers of one or two words. */
const ANSWERS = words(
  'yes no yeah yep nope okay ok sure right thank thanks you hello hi hey goodbye bye stop cancel wait nothing maybe correct exactly louder quieter again',
);

/**
 * Judges the transcript of what was said so far. English only; a recogniser's punctuation counts where it says more than
 * that the sound has ended: a question mark, a comma, an ellipsis, but not a full stop.
 */
export function finishednessOf(transcript: string): Finishedness {
  const text = transcript.trim().toLowerCase().replaceAll('’', "'");
  const spoken = text.match(/[a-z0-9]+(?:['.:][a-z0-9]+)*/g) ?? [];
  const said = spoken.length > 1 && spoken.at(-1) === 'please' ? spoken.slice(0, -1) : spoken;
  const [first = '', second = ''] = said;
  const last = said.at(-1) ?? '';
  if (said.length === 0) return 'unclear';
  if (/(?:,|-|\.\.\.|…|:|;)$/.test(text) || HESITATIONS.has(last)) return 'unfinished';
  if (isDictated(said)) return 'unfinished';
  const asks = QUESTION_WORDS.has(first) || ASKING_VERBS.has(first);
  const orders = ORDER_VERBS.has(first === 'please' ? second : first);
  if (said.every((word) => ANSWERS.has(word))) return 'finished';
  if (OPENERS.has(last) && !closes(said, asks, orders)) return 'unfinished';
  if (text.endsWith('?')) return 'finished';
  if (said.length < SENTENCE_WORDS) return 'unclear';
  return asks || orders ? 'finished' : 'unclear';
}

/** Whether the last word, which usually opens something, closes this sentence. */
function closes(said: readonly string[], asks: boolean, orders: boolean): boolean {
  const [before = '', last = ''] = said.slice(-2);
  if (said.length < SENTENCE_WORDS) return false;
  if (PRONOUNS.has(last)) return true;
  // After its object: "turn the lights off", "turn it on"; but "turn on".
  if (PARTICLES.has(last) && orders) return PRONOUNS.has(before) || !OPENERS.has(before);
  return CLOSING_IN_QUESTIONS.has(last) && asks && PRONOUNS.has(before);
}

function isDictated(said: readonly string[]): boolean {
  let numbers = 0;
  for (const word of said.toReversed()) {
    if (!NUMBER_WORDS.has(word) && !/^\d+$/.test(word)) break;
    numbers += /^\d{3,}$/.test(word) ? DICTATED_NUMBERS : 1;
  }
  return numbers >= DICTATED_NUMBERS;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
