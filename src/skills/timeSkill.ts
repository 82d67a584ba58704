import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { ASKED } from './slots/requestFrame.js';
import { spokenTime } from './spokenTime.js';
import { understanding } from './understanding.js';

const PATTERNS = [
  /^what time (?:is it|it is)$/,
  /^what(?:'s| is) (?:the (?:current |exact )?|current )time$/,
  /^what the (?:current |exact )?time is$/,
  /^(?:the )?(?:current |exact )?time$/,
  /^what hour is it$/,
  new RegExp(`^(?:(?:have you )?got|do you have|${ASKED}give me) the (?:current |exact )?time$`),
  /^what time (?:do|have) (?:we|you) (?:have|got)$/,
  /^how late is it$/,
];

/** "What time is it?" Not "what time?", which asks about what was said before, and not "what is time?". */
export const timeSkill: IntentSkill<object> = {
  name: 'time',
  description: 'Tells what time it is here and now.',
  args: z.object({}),
  understand: understanding(PATTERNS, 'asks what time it is', () => ({})),
  run: async (_args, { now, timeZone, clock }) => `It's ${spokenTime(now, timeZone, clock)}.`,
};
