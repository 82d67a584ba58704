import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { spokenDate } from './spokenTime.js';
import { understanding } from './understanding.js';

const PATTERNS = [
  /^what(?:'s| is) (?:the (?:current )?|today's |current )date(?: today| of today)?$/,
  /^what (?:the (?:current )?|today's )date is(?: today)?$/,
  /^(?:what|which) (?:date|day|day of the week|day of the month) (?:is it|it is)(?: today)?$/,
  /^(?:what|which) (?:date|day|day of the week) is today$/,
  /^what(?:'s| is) the (?:day|day of the week|month)(?: today)?$/,
  /^(?:what|which) month (?:is it|it is|are we in)$/,
  /^what(?:'s| is) today$/,
  /^(?:the |current |the current |today's )?date(?: today)?$/,
];

/** "What day is it today?" Not "what date?", which asks about what was said before, and no day but today; nor the year, which the
 * answer does not tell. */
export const dateSkill: IntentSkill<object> = {
  name: 'date',
  description: "Tells today's date and day of the week.",
  args: z.object({}),
  understand: understanding(PATTERNS, 'asks what day it is', () => ({})),
  run: async (_args, { now, timeZone }) => `It's ${spokenDate(now, timeZone)}.`,
};
