import { WordSet } from './wordSet.js';

/** Words before which speakers pause. Those that are also something else within a clause ("so", French "car") are not here. */
export const conjunctions = new WordSet(
  'and or but because although though while whereas unless until which when where if',
  'und oder aber weil denn sondern während obwohl wenn damit falls sodass',
  'et ou mais parce donc puisque lorsque quand tandis',
  'y o pero porque aunque cuando mientras sino e ou mas embora quando enquanto ma perché mentre però',
  'en maar omdat terwijl och eftersom и но или потому когда',
);

/** Those of them that join single words as often as clauses. */
export const joiningWords = new WordSet('and or und oder et ou y o e en och и');

/** Words that announce a pair: "between cats and dogs". */
export const pairingWords = new WordSet('between both either neither zwischen sowohl entweder weder entre');

/** Words that begin a phrase which can be said on its own: a place, a time, a purpose, a clause. Never verbs' particles alone ("up"). */
export const phraseOpeners = new WordSet(
  'in on at for from with to by into onto as after before during since till without within between among through',
  'throughout across over under against along around behind beside beyond despite inside outside toward towards upon via',
  'that which who whom whose when where why how what if whether because although though while whereas unless until so',
  'mit für bei nach aus auf über unter zwischen durch ohne gegen während dass ob weil wenn',
  'dans sur avec sans chez depuis pendant parce quand para sobre desde hasta porque cuando según nel nella perché',
);

/** Verbs before which a speaker breathes when what they speak of took long to name: "the smell of wet leaves | is". */
export const mainVerbs = new WordSet(
  'is are was were has have had can could will would should may might must does did',
);

/** Words that lean on the next one: nobody pauses behind them, whatever comes. */
export const leaningWords = new WordSet(
  'a an the of to in on at by for from with into onto about than per via between among through during without within',
  'across over under against toward towards like as and or but nor so if when where which who whose what how why whether',
  'because although though while whereas unless until since before after my your his her its our their every each no not',
  'is are was were am be been being can could will would shall should may might must do does did has have had cannot',
  'very too quite rather really almost nearly about roughly approximately just only even especially particularly exactly',
  'simply mostly partly mainly merely such both either neither let mr mrs ms dr',
  'der die das dem den des ein eine einen einem einer im am zum zur von mit für und oder zu in auf bei ist sind',
  'le la les un une des du de à au aux en et ou que se ne pas est sont',
  'el los las una unos del al con por para y o no es son',
  'os um uma do da dos das na em com e il lo gli i di uno nel per che',
);

/** Words behind which a phrase may begin ("three | in the hall", "it | because"), yet not just anything: mostly a noun follows. */
export const unfinishedWords = new WordSet(
  'this that these those it you he she we they i there here some any many much more most less few several other another own',
  'all same next last first second third main only one two three four five six seven eight nine ten eleven twelve thirteen',
  'fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred',
  'thousand million billion half quarter double never always often usually sometimes also still already ever little bit lot',
  'good better best bad worse worst big bigger biggest small smaller smallest large larger largest great greatest long longer',
  'longest short shorter high higher highest low lower lowest old older oldest young younger new newer newest hot hotter cold',
  'colder cool warm warmer dry wet soft hard easy easier early earlier late later light dark bright deep wide narrow thick thin',
  'heavy fast slow quick fresh clean clear full empty rich poor strong weak sharp sweet sour salty bitter raw whole single real',
  'true false right wrong left top middle bottom upper front back red orange yellow green blue purple pink brown black white',
  'grey gray gold silver tiny huge giant simple gentle common modern ancient human local public private open safe ready happy',
  'sad nice kind free certain different similar various daily weekly wild cosy cozy sunny rainy cloudy windy busy healthy tasty dead alive',
  'american english french german italian spanish chinese japanese european african asian indian roman greek united',
);

/** Words that belong closely to the preposition behind them: "look at", "because of", "as far as". */
export const bindingWords = new WordSet(
  'want wants wanted need needs needed plan plans planned hope hopes like likes liked love loves try tries trying tried going able unable used ought seem',
  'seems seemed tend tends tended got get gets getting happy glad easy easier hard ready likely sure possible free due up out',
  'off down away back ahead look looks looked looking wait waits waited waiting listen listens think thinks depend depends',
  'depending depended base based rely relies consist consists known called named according turn turns turned turning go goes',
  'went gone come comes came coming put puts set sets log plug switch carry carried hold lead leads belong belongs refer refers',
  'referred relate relates related similar close closer next near compared prior thanks equal opposed opposite responsible',
  'famous good same such soon long far well many much more less rather other way ways even except help helps start starts',
  'started begin begins began learn learns decide decided remember forget ask asks asked talk talks talking speak speaks worry',
  'worried begins grow grows take takes took bring brings live lives lived made make makes believe lets comes apart right left',
);

/** What such words call for. Others ("off before you leave") are free. */
export const boundWords = new WordSet(
  'to in on at for from with by into onto as that how what why over through towards against',
);

/** Words that close the phrase before them: nothing is cut off before these. */
export const closingWords = new WordSet(
  'of per too again away ago apart though either instead together anyway yet now then today tomorrow tonight yesterday here',
  'there old long wide tall deep high thick up down off out back and or ever more less else',
  'them him us me it its myself yourself himself herself itself ourselves themselves each one',
);
