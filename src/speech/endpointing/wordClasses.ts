/** Closed classes of English words, and short lists of open ones, by which a listener hears that something must follow. */

export type WordClass = ReadonlySet<string>;

/** Whether it says of a noun how it is ("old"): that noun must follow "the" and "a". */
export function isQuality(word: string): boolean {
  return QUALITIES.has(word);
}

/** The same, or which of many it is ("next", "tallest"): the noun may be left out. */
export function isAdjective(word: string): boolean {
  return isQuality(word) || RANKS.has(word) || (word.endsWith('est') && isQuality(word.slice(0, -3)));
}

export function words(list: string): WordClass {
  return new Set(list.trim().split(/\s+/));
}

/** Sounds of somebody who looks for words. */
export const HESITATIONS = words('um uh uhm er erm hmm hm mm well like');

export const DETERMINERS = words('a an the this these those my your our their his its every each some any no another');

/** Words that nothing ends with: what they belong to is still to come. */
export const OPENERS = words(`
  a an the this these those my your our their its every each some any no another
  and or but nor so because although though unless until while whereas since if whether than as like
  of to in on at by for from with without about into onto over under between through during before after against per
  is are was were be am been being do does did have has had will would can could shall should may might must
  i'm you're we're they're it's that's there's what's who's where's how's let's i'll we'll you'll he'll she'll they'll i'd we'd
  very really quite too more most less least please also just only not never
  i you we they he she who which whose whom what where when why how
  mr mrs ms dr saint mount number past divided
  multiplied near behind beside towards across upon till among via saying`);

/** Some of those do end an order ("turn it on"), */
export const PARTICLES = words('on off in out up down over through');
/** a question ("what is it for?") */
export const STRANDED = words('for about to with from at by of like');
/** or one within another ("do you know what that is?"), */
export const CLOSING_VERBS = words('is are was were do does did can will');
/** or either ("who are you?", "tell me more"). */
export const PRONOUNS = words('you it this that these those me him her us them mine yours too');
export const QUANTITIES = words('more most less least');

/** Verbs that a particle belongs to: "turn off". */
export const PHRASAL_VERBS = words('turn switch bring keep let go come shut pick set start lock open dim');

/** Orders and questions begin with these. */
export const QUESTION_WORDS = words(
  "what what's who who's whose whom which where where's when when's why why's how how's",
);
export const BE = words("is are am was were isn't aren't wasn't weren't");
export const AUXILIARIES = words(`
  is are am was were do does did can could will would shall should may might must have has had
  isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't`);
export const ORDER_VERBS = words(`
  turn switch set start stop play pause resume tell give show find add remove delete cancel call open close shut read
  repeat say make take keep bring remind wake help explain write sing count spell translate convert calculate compare
  define describe list name put lock unlock dim brighten raise lower increase decrease mute unmute skip go let check
  search look order buy send ask choose pick recommend suggest book roll flip speak forget clear save shuffle`);

/** Subjects of one word. */
export const SUBJECTS = words('i you he she it we they there this that these those everyone everybody anyone somebody');

/** Words after which a clause with a verb of its own must come, where they do not begin the sentence. */
export const CLAUSE_OPENERS = words('what who where when why how if whether because while unless although');

/** "Remind me that" the bins go out. */
export const REPORTING = words('remind tell write make note');

/** Verbs of orders, and the words one of which tells what they are for: "add milk" calls for "to". */
export const CALLED_FOR: ReadonlyMap<string, WordClass> = new Map([
  ...entries('add', 'to into in on'),
  ...entries('put', 'to into in on onto at under over off out up down away back under next'),
  ...entries('convert', 'to into in'),
  ...entries('translate', 'to into'),
  ...entries('compare', 'with to and'),
  ...entries('turn switch', 'on off up down to into over around round out back everything'),
  ...entries('set', 'for at to in on up'),
  ...entries('wake', 'at in when before after by'),
  ...entries('remind', 'to that about of when at in'),
  ...entries('send', 'to a an saying that'),
]);

/** Verbs whose object comes right after them, unless it is what the question asks for. */
export const TRANSITIVE = words(`
  add ask boil bring buy call check convert cut find fix get give have keep know make need order peel put recommend remove
  replace see send set show spell suggest switch take tell translate turn use want wash water write say read hear got eat
  freeze wear explain describe define pronounce invite lend borrow`);

/** "Give me", "tell my wife": what? */
export const DITRANSITIVE = words('tell read give show send get write bring buy make');

/** "The capital", "a recipe": of what, for what? */
export const RELATIONAL = words(`
  capital population name meaning definition size height length width depth weight distance price cost value number amount square
  difference root author inventor president king queen history origin currency side rest
  kind sort type pair piece slice bunch cup glass bottle spoonful recipe synonym word group reason cause effect
  ingredient advantage benefit
  example idea way letter member owner best`);
/** How something is. */
const QUALITIES = words(`
  old new young big small large little long short high low tall wide good bad great nice better easy hard quick
  slow fast fine funny simple whole entire main front different own 
  current good local real quiet loud bright warm 
  hot dry wet clean dirty fresh raw red green blue yellow white black brown grey gray pink purple upper lower front
  rear spare common famous important interesting special strange beautiful direct correct exact full empty complete`);

/** Which of many. */
const RANKS = words('first second third last next previous latest nearest closest favourite favorite same other');

/** "Is it safe": to do what? */
export const JUDGEMENTS = words(
  'safe possible ok okay true legal illegal hard easy difficult normal healthy bad good better',
);

/** After these numbers are a year, and not dictated. */
export const BEFORE_YEARS = words('in since until before after');

/** Words of a number that is being dictated, digit by digit or in groups. */
export const NUMBER_WORDS = words(`
  zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million point double triple`);

/** Whole answers of one or two words. */
export const ANSWERS = words(`
  yes no yeah yep nope okay ok sure right thank thanks you hello hi hey goodbye bye stop cancel pause wait nothing maybe
  correct exactly louder quieter again good morning afternoon evening night never mind`);

function entries(verbs: string, calledFor: string): [string, WordClass][] {
  return verbs.split(' ').map((verb) => [verb, words(calledFor)]);
}
