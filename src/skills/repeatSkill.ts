import { onceMore } from './onceMore.js';
import { NO_RATE } from './rateSkill.js';
import { stepRate } from './rateSteps.js';
import { AMOUNT, ASKED } from './requestPhrases.js';
import type { Skill, SkillContext } from './skill.js';
import { NO_VOLUME } from './volumeSkill.js';
import { stepVolume } from './volumeSteps.js';

const SORRY = '(?:(?:sorry|pardon|excuse me|wait|no) )?';
const REPLY = '(?:answer|reply|response|sentence|part|bit|one|thing)';
const YOU_SAID = "(?:what you (?:just )?said|what you(?: have|'ve)? just said|the last thing you said)";
const WHAT = `(?:that|it|this|yourself|(?:the|your|that) (?:last |previous )?${REPLY}|${YOU_SAID})`;
const AGAIN_ONLY = '(?:again|once more|once again|one more time)';
const AGAIN = ` ${AGAIN_ONLY}`;
const HEAR = '(?:hear|catch|get|understand)';
const NOT_HEARD = `(?:did(?:n'?t| not) (?:quite |really )?${HEAR}|could(?:n'?t| not) (?:quite |really )?${HEAR}|missed)`;
const LOUDER = '(?:(?<louder>louder)|(?<quieter>quieter|softer|more quietly))';
const SLOWER = '(?:(?<slower>slower|slowly|more slowly)|(?<faster>faster|quicker|more quickly))';
const HOW = `(?: (?:but )?${AMOUNT}(?:${LOUDER}|${SLOWER}))`;

/**
 * "Say that again", also "slower" or "louder", which stays so. Not "repeat after me", and nothing that names what it was
 * about: "what did you say about the cake?" is the model's to answer.
 */
export const repeatSkill: Skill = {
  name: 'repeat',
  isAside: true,
  reads: 'request',
  patterns: [
    new RegExp(`^${SORRY}${ASKED}repeat(?: ${WHAT})?(?:${AGAIN})?${HOW}?$`),
    new RegExp(`^${SORRY}${ASKED}say ${WHAT}${AGAIN}${HOW}?$`),
    new RegExp(`^${SORRY}${ASKED}say ${WHAT}${HOW}(?:${AGAIN})?$`),
    new RegExp(`^${SORRY}${ASKED}(?:tell me|read(?: ${WHAT})?|say|try)${AGAIN}$`),
    new RegExp(`^${AGAIN_ONLY}${HOW}?$`),
    new RegExp(
      `^${SORRY}what (?:did you (?:just )?say|have you (?:just )?said|were you (?:just )?saying|was that|was it you said)(?:${AGAIN}| just now)?$`,
    ),
    new RegExp(`^${SORRY}what was (?:your|the) (?:last )?(?:answer|reply|response)(?:${AGAIN})?$`),
    new RegExp(
      `^${SORRY}i ${NOT_HEARD} (?:you|that|it|this|what you (?:just )?said)(?: (?:well|properly|right|at all))?$`,
    ),
    /^(?:(?:i )?beg your pardon|(?:i )?beg pardon|pardon(?: me)?|come again|sorry what|say what you said)$/,
  ],
  run: async (context) => {
    const trouble = changed(context);
    const again = onceMore(context.lastReply.chunks);
    return trouble === undefined ? again : [`${trouble} `, ...again];
  },
};

/** @returns why the reply is no louder or slower than it was wanted; undefined when it is */
function changed({ volume, rate, slots }: SkillContext): string | undefined {
  if (slots['louder'] ?? slots['quieter']) return volume ? stepVolume(volume, slots) : NO_VOLUME;
  if (slots['slower'] ?? slots['faster']) return rate ? stepRate(rate, slots) : NO_RATE;
  return undefined;
}
