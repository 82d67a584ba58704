import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { spokenTime } from './spokenTime.js';
import { understanding } from './understanding.js';

const PATTERNS = [
  /^what time (?:is it|it is)$/,
  /^what(?:'s| is) (?:the (?:current |exact )?|current )time$/,
  /^what the (?:current |exact )?time is$/,
  /^(?:the )?(?:current |exact )?time$/,
  /^what hour is it$/,
  /^(?:have you got|do you have) the time$/,
  /^how late is it$/,
];

/** "What time is it?" Not "what time?", which asks about what was said before, and not "what is time?". */
export const timeSkill: IntentSkill<object> = {
  name: 'time',
  description: 'Tells what time it is here and now.',
  args: z.object({}),
  understand: understanding(PATTERNS, () => ({})),
  run: async (_args, { now, timeZone, clock }) => `It's ${spokenTime(now, timeZone, clock)}.`,
};
