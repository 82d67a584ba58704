import { onceMore } from './onceMore.js';
import { NO_RATE } from './rateSkill.js';
import { stepRate } from './rateSteps.js';
import { AMOUNT, ASKED } from './requestPhrases.js';
import type { Skill } from './skill.js';
import { NO_VOLUME } from './volumeSkill.js';
import { stepVolume } from './volumeSteps.js';

const SORRY = '(?:(?:sorry|pardon|excuse me|wait|no) )?';
const WHAT =
  "(?:that|it|this|yourself|(?:the|your|that) (?:last |previous )?(?:answer|reply|response|sentence|part|bit|one|thing)|what you (?:just )?said|what you(?: have|'ve)? just said|the last thing you said)";
const AGAIN = '(?: (?:again|once more|once again|one more time|another time))';
const AGAIN_ONLY = '(?:once more|once again|one more time|again)';
const NOT_HEARD =
  "(?:did(?:n'?t| not) (?:quite |really )?(?:hear|catch|get|understand)|could(?:n'?t| not) (?:quite |really )?(?:hear|understand)|missed)";
const HOW = `${AMOUNT}(?:(?<louder>louder)|(?<quieter>quieter|softer|more quietly)|(?<slower>slower|slowly|more slowly)|(?<faster>faster|quicker|more quickly))`;

/**
 * "Say that again", also "slower" or "louder", which stays so. Not "repeat after me", and nothing that names what it was
 * about: "what did you say about the cake?" is the model's to answer.
 */
export const repeatSkill: Skill = {
  name: 'repeat',
  isAside: true,
  patterns: [
    new RegExp(`^${SORRY}${ASKED}repeat(?: ${WHAT})?${AGAIN}?(?: (?:but )?${HOW})?$`),
    new RegExp(`^${SORRY}${ASKED}say ${WHAT}${AGAIN}(?: (?:but )?${HOW})?$`),
    new RegExp(`^${SORRY}${ASKED}say ${WHAT} ${HOW}${AGAIN}?$`),
    new RegExp(`^${SORRY}${ASKED}(?:tell me|read(?: ${WHAT})?|say|try)${AGAIN}$`),
    new RegExp(`^${AGAIN_ONLY}(?: (?:but )?${HOW})?$`),
    new RegExp(
      `^${SORRY}what (?:did you (?:just )?say|have you (?:just )?said|were you (?:just )?saying|was that|was it you said)(?:${AGAIN}| just now)?$`,
    ),
    new RegExp(`^${SORRY}what was (?:your|the) (?:last )?(?:answer|reply|response)${AGAIN}?$`),
    new RegExp(
      `^${SORRY}i ${NOT_HEARD} (?:you|that|it|this|what you (?:just )?said)(?: (?:well|properly|right|at all))?$`,
    ),
    /^(?:(?:i )?beg your pardon|(?:i )?beg pardon|pardon(?: me)?|come again|sorry what|say what you said)$/,
  ],
  run: async ({ lastReply, volume, rate, slots }) => {
    if (slots['louder'] ?? slots['quieter']) {
      const trouble = volume ? stepVolume(volume, slots) : NO_VOLUME;
      if (trouble) return trouble;
    }
    if (slots['slower'] ?? slots['faster']) {
      const trouble = rate ? stepRate(rate, slots) : NO_RATE;
      if (trouble) return trouble;
    }
    return onceMore(lastReply.chunks);
  },
};
