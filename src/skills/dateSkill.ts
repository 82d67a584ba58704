import type { Skill } from './skill.js';
import { spokenDate } from './spokenTime.js';

/** "What day is it today?" Not "what date?", which asks about what was said before, and no day but today. */
export const dateSkill: Skill = {
  name: 'date',
  patterns: [
    /^what(?:'s| is) (?:the (?:current )?|today's |current )date(?: today| of today)?$/,
    /^what (?:the (?:current )?|today's )date is(?: today)?$/,
    /^(?:what|which) (?:date|day|day of the week|day of the month) (?:is it|it is)(?: today)?$/,
    /^(?:what|which) (?:date|day|day of the week) is today$/,
    /^what(?:'s| is) (?:the day|the day of the week) today$/,
    /^what(?:'s| is) today$/,
    /^(?:the |current |the current |today's )?date(?: today)?$/,
  ],
  run: async ({ now, timeZone }) => `It's ${spokenDate(now, timeZone)}.`,
};
