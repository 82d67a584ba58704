import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { onceMore } from './onceMore.js';
import { NO_RATE } from './rateSkill.js';
import { stepRate } from './rateSteps.js';
import { AMOUNT, amount, amountIn, stepsOf } from './requestPhrases.js';
import { ASKED } from './slots/requestFrame.js';
import type { Surroundings } from './surroundings.js';
import { type Slots, understanding } from './understanding.js';
import { NO_VOLUME } from './volumeSkill.js';
import { STEP_PERCENT, stepVolume } from './volumeSteps.js';

const CHANGES = ['louder', 'quieter', 'slower', 'faster'] as const;
const args = z.object({ change: z.enum(CHANGES).optional(), amount });
export type RepeatArgs = z.infer<typeof args>;

const SORRY = '(?:(?:sorry|pardon|excuse me|wait|no|what|huh) )?';
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

const PATTERNS = [
  new RegExp(`^${SORRY}${ASKED}repeat(?: ${WHAT})?(?:${AGAIN})?${HOW}?$`),
  new RegExp(`^${SORRY}${ASKED}say ${WHAT}${AGAIN}${HOW}?$`),
  new RegExp(`^${SORRY}${ASKED}say ${WHAT}${HOW}(?:${AGAIN})?$`),
  new RegExp(`^${SORRY}${ASKED}(?:tell me|read(?: ${WHAT})?|say|try)${AGAIN}$`),
  new RegExp(`^${AGAIN_ONLY}${HOW}?$`),
  new RegExp(
    `^${SORRY}what (?:did you (?:just )?say|have you (?:just )?said|were you (?:just )?saying|was that(?: you said)?|was it you said)(?:${AGAIN}| just now)?$`,
  ),
  new RegExp(`^${SORRY}what was (?:your|the) (?:last )?(?:answer|reply|response)(?:${AGAIN})?$`),
  new RegExp(
    `^${SORRY}i ${NOT_HEARD} (?:you|that|it|this|what you (?:just )?said)(?: (?:well|properly|right|at all))?$`,
  ),
  /^(?:(?:i )?beg your pardon|(?:i )?beg pardon|pardon(?: me)?|come again|sorry what|say what you said)$/,
];

/**
 * "Say that again", also "slower" or "louder", which stays so. Not "repeat after me", and nothing that names what it was
 * about: "what did you say about the cake?" is the model's to answer.
 */
export const repeatSkill: IntentSkill<RepeatArgs> = {
  name: 'repeat',
  description: 'Says the last reply again, word for word.',
  args,
  isAside: true,
  reads: 'request',
  understand: understanding(PATTERNS, 'asks for the last reply once more', (slots) => ({
    ...changeIn(slots),
    ...amountIn(slots),
  })),
  run: async (asked, context) => {
    const trouble = changed(asked, context);
    const again = onceMore(context.talk?.lastReply.chunks ?? []);
    return trouble === undefined ? again : [`${trouble} `, ...again];
  },
};

function changeIn(slots: Slots): Pick<RepeatArgs, 'change'> {
  const change = CHANGES.find((name) => slots[name] !== undefined);
  return change === undefined ? {} : { change };
}

/** @returns why the reply is no louder or slower than it was wanted; undefined when it is */
function changed({ change, amount }: RepeatArgs, { volume, rate }: Surroundings): string | undefined {
  switch (change) {
    case 'louder':
    case 'quieter':
      return volume ? stepVolume(volume, change, STEP_PERCENT * stepsOf(amount)) : NO_VOLUME;
    case 'slower':
    case 'faster':
      return rate ? stepRate(rate, change, amount) : NO_RATE;
    default:
      return undefined;
  }
}
