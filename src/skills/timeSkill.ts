import type { Skill } from './skill.js';
import { spokenTime } from './spokenTime.js';

/** "What time is it?" */
export const timeSkill: Skill = {
  name: 'time',
  patterns: [
    /^what(?:'s| is)? (?:the )?(?:current )?time(?: is it| it is)?$/,
    /^(?:the )?(?:current )?time$/,
    /^what hour is it$/,
    /^have you got the time$|^do you have the time$/,
    /^how late is it$/,
  ],
  run: async ({ now, timeZone, clock }) => `It's ${spokenTime(now, timeZone, clock)}.`,
};
