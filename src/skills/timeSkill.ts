import type { Skill } from './skill.js';
import { spokenTime } from './spokenTime.js';

/** "What time is it?" Not "what time?", which asks about what was said before, and not "what is time?". */
export const timeSkill: Skill = {
  name: 'time',
  patterns: [
    /^what time (?:is it|it is)$/,
    /^what(?:'s| is) (?:the (?:current |exact )?|current )time$/,
    /^what the (?:current |exact )?time is$/,
    /^(?:the )?(?:current |exact )?time$/,
    /^what hour is it$/,
    /^(?:have you got|do you have) the time$/,
    /^how late is it$/,
  ],
  run: async ({ now, timeZone, clock }) => `It's ${spokenTime(now, timeZone, clock)}.`,
};
