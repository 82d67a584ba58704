import type { Skill } from './skill.js';
import { spokenDate } from './spokenTime.js';

const DAY = String.raw`(?:today|today's|the)`;

/** "What day is it today?" */
export const dateSkill: Skill = {
  name: 'date',
  patterns: [
    new RegExp(String.raw`^what(?:'s| is)? (?:${DAY} )?date(?: is it| it is)?(?: today)?$`),
    /^what day (?:is it|is today|of the week is it|of the month is it)(?: today)?$/,
    /^which day is it(?: today)?$/,
    /^what(?:'s| is) today$/,
    new RegExp(String.raw`^(?:${DAY} )?date(?: today)?$`),
  ],
  run: async ({ now, timeZone }) => `It's ${spokenDate(now, timeZone)}.`,
};
