import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { ASKED } from './slots/requestFrame.js';
import { understanding } from './understanding.js';

const ALL =
  "(?:everything|all)(?: (?:that )?(?:i|we)(?:'ve| have)? (?:just )?(?:said|told you|talked about|discussed))?";
const WHAT = "what (?:i|we)(?:'ve| have)? (?:just )?(?:said|told you|talked about|discussed)";
const CONVERSATION = '(?:this|the|our|that) (?:whole |entire )?(?:conversation|chat|history|conversation history)';

const PATTERNS = [
  new RegExp(`^${ASKED}forget (?:about )?(?:${CONVERSATION}|${WHAT}|${ALL})$`),
  new RegExp(`^${ASKED}(?:clear|delete|erase|wipe) (?:${CONVERSATION}|your memory|${WHAT}|${ALL})$`),
  /^(?:let's |let us )?start (?:all )?over$/,
  /^(?:(?:let's |let us )?(?:start|begin) )?a new conversation$/,
];

/**
 * "Forget this conversation." Not "forget it", which only means "never mind", and nothing that names a part: "forget what I
 * said about the cake" is the model's to understand.
 */
export const forgetSkill: IntentSkill<object> = {
  name: 'forget',
  description: 'Forgets this whole conversation.',
  args: z.object({}),
  understand: understanding(PATTERNS, 'asks to forget this conversation', () => ({})),
  run: async (_args, { talk }) => {
    if (!talk) return 'I forget a conversation only when I am asked to.';
    return (await talk.forget())
      ? 'All right, I have forgotten this conversation.'
      : 'I have forgotten this conversation, but I could not erase it from the disk. The log says why.';
  },
};
