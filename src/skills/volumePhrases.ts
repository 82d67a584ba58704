import { AMOUNT, AMOUNT_BEHIND } from './requestPhrases.js';
import { ASKED } from './slots/requestFrame.js';
import { PERCENT } from './spokenPercent.js';

/** What is turned up and down. */
const SOUND = '(?:the (?:volume|sound|speaker|loudness)|your (?:volume|voice|speaker)|volume|yourself|it)';
const NAMED_SOUND = '(?:(?:the |your )?(?:volume|sound|speaker)|yourself|your voice)';
const TURN = '(?:turn(?:ing)?|crank|pump|bring)';
const UP_DOWN = '(?:(?<louder>up)|(?<quieter>down))';
const BY = `(?: by (?<by>${PERCENT}))?`;
const SPEAK = '(?:(?:speak|talk)(?:ing)?|be|get|go|say it|say that)';
const MORE = '(?:(?<louder>louder|more loudly)|(?<quieter>quieter|softer|less loud|more quietly|more softly))';
const YOU_ARE = "(?:you(?:'?re| are) |that(?:'?s| is| was) |it(?:'?s| is| was) )";

/** About how it sounded: the last reply is wanted as it should have been. */
const HEARD = [
  new RegExp(`^${ASKED}(?:${SPEAK} )?${AMOUNT}${MORE}$`),
  new RegExp(`^(?<louder>${ASKED}(?:speak|talk) up(?: (?<bit>a bit|a little|a little bit))?)$`),
  /^(?<louder>(?:sorry )?i (?:can'?t|cannot|can not|can (?:barely|hardly)|could(?:n'?t| not) really) hear you(?: (?:well|properly|very well))?)$/,
  new RegExp(`^(?:${YOU_ARE})?(?:${AMOUNT}(?:too )(?:(?<louder>quiet|soft)|(?<quieter>loud)))$`),
  new RegExp(`^(?<quieter>${ASKED}(?:${YOU_ARE})?not (?:so|that|quite so) loud|not so loud)$`),
];

/** About the speaker. */
const TURNED = [
  new RegExp(`^${ASKED}${TURN} ${SOUND} ${AMOUNT}${UP_DOWN}${BY}$`),
  new RegExp(`^${ASKED}${TURN} ${SOUND} ${UP_DOWN}${AMOUNT_BEHIND}$`),
  new RegExp(`^${ASKED}turn ${UP_DOWN} ${NAMED_SOUND}${AMOUNT_BEHIND}${BY}$`),
  new RegExp(`^(?:the )?volume ${AMOUNT}${UP_DOWN}${BY}$`),
  new RegExp(`^(?:the )?volume ${UP_DOWN}${AMOUNT_BEHIND}$`),
  new RegExp(
    `^${ASKED}(?:(?<louder>increase|raise)|(?<quieter>decrease|reduce|lower)) (?:the |your )?volume${AMOUNT_BEHIND}${BY}$`,
  ),
  new RegExp(`^${ASKED}make (?:it|yourself|the (?:volume|sound)) ${AMOUNT}${MORE}$`),
  /^(?:(?<louder>more)|(?<quieter>less)) volume$/,
];

const SET = '(?:(?:set|change|put|turn|bring) )?(?:the |your )?volume(?: level)?(?: (?:up|down))?';
const LEVEL = [
  new RegExp(`^${ASKED}${SET} (?:to |at )?(?<level>${PERCENT})$`),
  new RegExp(`^${ASKED}(?:turn|set) (?:it|yourself) (?:(?:up|down) )?to (?<level>${PERCENT})$`),
  new RegExp(`^${ASKED}turn (?:up|down) (?:the |your )?volume to (?<level>${PERCENT})$`),
  new RegExp(
    `^${ASKED}${SET} (?:to |at )?(?:the |its |your )?(?:(?<loudest>maximum|max|full|highest|top)|(?<quietest>minimum|min|lowest))$`,
  ),
  new RegExp(
    `^${ASKED}(?:set (?:it |the volume )?to )?(?:(?<loudest>maximum|max|full|highest)|(?<quietest>minimum|min|lowest)) volume$`,
  ),
  new RegExp(`^${ASKED}(?:turn (?:it|the volume) (?:all the way )(?:(?<loudest>up)|(?<quietest>down)))$`),
  /^(?<loudest>as loud as (?:you can|possible|it gets))$/,
  /^(?<quietest>as quiet(?:ly)? as (?:you can|possible))$/,
];

const MUTE = [
  new RegExp(`^(?<unmute>${ASKED}un ?mute(?: ${NAMED_SOUND}| it)?)$`),
  new RegExp(
    `^(?<unmute>${ASKED}(?:turn (?:the )?(?:sound|volume)(?: back)? on|turn (?:back )?on the (?:sound|volume)|(?:sound|volume) (?:back )?on))$`,
  ),
  new RegExp(`^(?<mute>${ASKED}mute(?: ${NAMED_SOUND}| it)?)$`),
  new RegExp(
    `^(?<mute>${ASKED}(?:turn (?:the )?(?:sound|volume) off|turn off (?:the |your )?(?:sound|volume)|(?:sound|volume) off))$`,
  ),
];

const TELL = `(?:${ASKED}tell me |do you (?:happen to )?know |i(?:'d| would) (?:like|love) to know |i want to know )?`;
const VOLUME = '(?:the |your )?(?:current )?volume(?: level)?';
const ASKS = [
  new RegExp(`^(?<asks>${TELL}what(?:'s| is) (?:the |your )${VOLUME}(?: (?:set to|at|set at))?)$`),
  new RegExp(`^(?<asks>${TELL}what (?:the |your )${VOLUME} is)$`),
  new RegExp(`^(?<asks>${TELL}${VOLUME})$`),
  /^(?<asks>what volume (?:are you|is it)(?: (?:set to|at|on))?|how loud are you|how loud is (?:the volume|your voice))$/,
];

/**
 * Utterances about how loud the voice is. Slots: `louder` or `quieter`, with `bit`, `much` or `by`, and `again` where the
 * last reply is wanted as it should have been; `level`, `loudest`, `quietest`; `mute`, `unmute`; `asks`.
 */
export const VOLUME_PATTERNS: readonly RegExp[] = [...HEARD.map(again), ...TURNED, ...LEVEL, ...MUTE, ...ASKS];

/** The same pattern, whose match has the slot `again`. */
function again({ source }: RegExp): RegExp {
  return new RegExp(`^(?<again>${source.slice(1, -1)})$`);
}
