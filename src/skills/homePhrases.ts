import { asOrder } from './slots/requestFrame.js';

/**
 * What sentences about a house are made of. All sets are closed, but for the name of somebody to whom a thing belongs:
 * an order of which one word is not known goes to the chat model, which may still call the skill.
 */

const THE = '(?:(?:the|my|our|all|all the|all of the|all my|every|both|both the|any|any of the) )?';
const OWNER = "(?:\\p{L}{2,20}'s )?";
const ROOM = `(?:(?:upstairs|downstairs|master|main|guest|kids|children's|spare|back|front|first floor|ground floor|second floor) )?${OWNER}(?:kitchen|living room|lounge|bedroom|bathroom|bath|shower|toilet|dining room|dining area|hall|hallway|corridor|entrance|entry|stairs|staircase|stairwell|landing|study|office|home office|nursery|playroom|attic|loft|basement|cellar|garage|laundry room|utility room|pantry|closet|wardrobe|conservatory|sunroom|porch|patio|terrace|deck|balcony|garden|yard|backyard|back yard|front yard|driveway|shed|workshop|pool|gym|den|family room|house|apartment|flat|room)`;
const PLACE = `(?: (?:(?:in|on|at|of|for|inside|throughout) (?:the |my |our )?${ROOM}|upstairs|downstairs|outside|inside|everywhere|in here|in there))?`;
const WHICH =
  '(?:(?:ceiling|floor|desk|table|bedside|reading|standing|night|wall|corner|overhead|under cabinet|counter|main|left|right|front|back|rear|side|upstairs|downstairs|outside|outdoor|indoor|inside|upper|lower|big|small|little|first|second|other|christmas|fairy|string|strip|led|spot|smart|bed|sofa|couch|window|door|stair|pendant|accent|mood|tall|electric|space|exhaust|extractor|robot|coffee|garage|patio|porch|security|flood) ){0,4}';
/** "The kitchen", "Anna's", "the upstairs hall ceiling". */
const WHOSE = `${THE}${OWNER}(?:${ROOM} )?${WHICH}`;

const LIGHT =
  '(?:lights?|lamps?|lighting|light bulbs?|bulbs?|chandelier|spotlights?|spots|downlights?|floodlights?|nightlight|lampshade|light strips?|led strips?)';
const CLIMATE =
  '(?:thermostat|heating|heat|heater|heaters|radiators?|boiler|furnace|underfloor heating|air conditioning|air conditioner|ac|air con|aircon|heat pump|humidifier|dehumidifier|air purifier)';
const APPLIANCE =
  '(?:fans?|tv|television|telly|plugs?|outlets?|sockets?|power strip|switch|switches|sprinklers?|irrigation|vacuum|vacuum cleaner|vacuum robot|robot vacuum|hoover|lawn mower|mower|coffee machine|coffee maker|espresso machine|kettle|toaster|oven|stove|cooker|hob|dishwasher|washing machine|washer|dryer|tumble dryer|fridge|freezer|radio|stereo|projector|printer|fireplace|fire place|christmas tree|pump|pool pump|fountain|doorbell|camera|cameras|water heater|towel rail|electric blanket|diffuser)';
const COVER =
  '(?:blinds?|curtains?|shutters?|shades?|drapes|awning|skylight|windows?|roller shutters?|roller blinds?|venetian blinds?|garage|garage doors?|gates?|doors?)';
const LOCK = '(?:doors?|locks?|gates?|garage|garage doors?|house|front door|back door)';

const light = `${WHOSE}${LIGHT}`;
const climate = `${WHOSE}${CLIMATE}`;
const cover = `${WHOSE}${COVER}`;
const device = `${WHOSE}(?:${LIGHT}|${CLIMATE}|${APPLIANCE})`;
/** "The lights and the fan", "the kitchen and living room lights". */
const devices = `(?:${device}(?: and ${device})?|${THE}${ROOM} and (?:the )?${ROOM} ${LIGHT}|everything)`;

const SPELLED =
  '(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?: (?:one|two|three|four|five|six|seven|eight|nine))?|(?:a |one )?hundred)';
const NUMBER = `(?:\\d{1,3}|${SPELLED})(?: (?:point|and a) (?:\\d|half|${SPELLED}))?`;
const PERCENT = `(?:${NUMBER}(?: percent)?|half|maximum|minimum|full|full brightness|max|min)`;
const DEGREES = `${NUMBER}(?: degrees?)?(?: (?:celsius|fahrenheit|centigrade))?`;
const COLOUR =
  '(?:(?:light |dark |warm |cool |cold |bright |soft )?(?:red|green|blue|yellow|orange|purple|violet|pink|white|turquoise|cyan|magenta|daylight|candlelight)|warmer|cooler|brighter|dimmer|darker)';
const A_BIT = '(?: (?:a bit|a little|a little bit|a lot|completely|fully|halfway|half way|all the way))?';
const ON = '(?:on|off)';
const SWITCH = '(?:turn|switch|put|shut|power|flip|leave|keep)';

const ORDERS = [
  `${SWITCH} ${ON} ${devices}${PLACE}`,
  `${SWITCH} ${devices}${PLACE} (?:back )?${ON}(?: again)?${PLACE}`,
  `${device}${PLACE} ${ON}`,
  `(?:lights|all lights) (?:on|off|out)${PLACE}`,
  `(?:activate|deactivate|enable|disable|toggle|start|stop|pause|run) ${WHOSE}(?:${CLIMATE}|${APPLIANCE})${PLACE}`,
  `toggle ${light}${PLACE}`,
  `(?:dim|brighten|lower|raise) ${light}${PLACE}${A_BIT}(?: (?:to|by) ${PERCENT})?${PLACE}`,
  `(?:dim|brighten) (?:the |my |our )?${ROOM}${A_BIT}(?: (?:to|by) ${PERCENT})?`,
  `(?:set|turn|change|make|put|bring) ${light}${PLACE} (?:(?:up |down )?(?:to|at) )?(?:${PERCENT}(?: brightness)?|${COLOUR})${A_BIT}${PLACE}`,
  `(?:set|change) (?:the )?(?:brightness|colou?r) (?:of|in|for) (?:${light}|(?:the |my )?${ROOM})${PLACE} to (?:${PERCENT}|${COLOUR})`,
  `make ${light}${PLACE} (?:a bit |a little |much )?${COLOUR}`,
  `(?:set|turn|change|put) ${climate}${PLACE} (?:(?:up |down )?(?:to|at) )${DEGREES}${PLACE}`,
  `(?:set|heat|warm|cool) (?:the |my |our )?${ROOM} (?:up |down )?to ${NUMBER} degrees(?: (?:celsius|fahrenheit|centigrade))?`,
  `(?:set|change) (?:the )?(?:temperature|heating|heat|thermostat) (?:in|of|for|on) (?:the |my |our )?(?:${ROOM}|${CLIMATE}) to ${DEGREES}`,
  `turn (?:up|down) (?:${climate}|${light})${PLACE}${A_BIT}(?: (?:by|to) ${DEGREES})?${PLACE}`,
  `turn (?:${climate}|${light})${PLACE} (?:up|down)${A_BIT}(?: by ${DEGREES})?${PLACE}`,
  `set ${WHOSE}fans?${PLACE} to (?:${PERCENT}|low|medium|high)`,
  `(?:open|close|shut|raise|lower|stop) ${cover}${PLACE}${A_BIT}(?: to ${PERCENT})?${PLACE}`,
  `(?:set|move) ${cover}${PLACE} to ${PERCENT}`,
  `(?:pull|draw|roll|put) (?:up|down) ${WHOSE}(?:blinds?|curtains?|shutters?|shades?|awning)${PLACE}`,
  `(?:pull|draw|roll|put) ${WHOSE}(?:blinds?|curtains?|shutters?|shades?|awning)${PLACE} (?:up|down)${PLACE}`,
  `(?:lock|unlock) ${WHOSE}${LOCK}${PLACE}`,
  `vacuum (?:the |my )${ROOM}|start vacuuming${PLACE}`,
  `(?:activate|turn on|start) (?:the |my )(?:movie|movie night|film|dinner|bedtime|good night|morning|good morning|night|evening|reading|party|relax|cinema|away|holiday) scene`,
];

const STATE = '(?:on|off|open|opened|closed|shut|locked|unlocked|running|plugged in|finished|done)';
const thing = `(?:${device}|${cover}|${WHOSE}${LOCK})`;
const QUESTIONS = [
  `(?:is|are) ${thing}${PLACE} (?:still |already |currently |all )?${STATE}${PLACE}`,
  `(?:is|are) there (?:any )?(?:lights?|lamps?|doors?|windows?|blinds?) (?:still )?(?:left )?${STATE}${PLACE}`,
  `(?:which|what|how many) (?:of the )?(?:lights?|lamps?|doors?|windows?|blinds?|devices|fans?|plugs?)${PLACE} are (?:still )?${STATE}${PLACE}`,
  `(?:did|have) (?:i|we) (?:leave|left) ${thing}${PLACE} ${STATE}`,
  `(?:did|have) (?:i|we) (?:lock|locked|close|closed|shut|open|opened) ${thing}${PLACE}`,
  `(?:did|have) (?:i|we) (?:turn|turned|switch|switched) (?:${ON} ${device}${PLACE}|${device}${PLACE} ${ON})`,
  `(?:what(?:'s| is) )(?:the )?(?:current )?(?:temperature|humidity) (?:in|of) (?:the |my |our )?${ROOM}`,
  `what(?:'s| is) (?:the )?${ROOM} (?:temperature|humidity)`,
  `how (?:warm|hot|cold|humid) is (?:it in (?:the |my |our )?${ROOM}|(?:the |my |our )?${ROOM})`,
  `what(?:'s| is) ${climate}${PLACE} (?:set to|at|set at)`,
  `what(?: temperature)? is ${climate}${PLACE} (?:set to|at|on)`,
];

/** Longer than any such sentence. */
const MAX_LENGTH = 160;

const ORDER = whole(ORDERS);
const QUESTION = whole(QUESTIONS);

/**
 * What of an utterance is for whoever runs the house: the order or the question, as plainly as it was said.
 * @param words an utterance after `spellSymbols` and `plainWords`
 * @returns undefined: it is about something else, or not plainly about devices
 */
export function homeRequest(words: string): string | undefined {
  if (words.length > MAX_LENGTH) return undefined;
  const order = asOrder(words);
  const isOrder = ORDER.test(order) || (order.includes(' and ') && isTwoOrders(order));
  if (!isOrder && !QUESTION.test(words)) return undefined;
  return (isOrder ? order : words).replaceAll(/(\d) point (\d)/g, '$1.$2');
}

/** "Turn off the lights and close the blinds". */
function isTwoOrders(order: string): boolean {
  const ands = [...order.matchAll(/ and (?:then )?/g)];
  return ands.some(
    ({ index, 0: and }) => ORDER.test(order.slice(0, index)) && ORDER.test(order.slice(index + and.length)),
  );
}

function whole(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.join('|')})$`, 'u');
}
