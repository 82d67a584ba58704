import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { spokenDate } from './spokenTime.js';
import { understanding } from './understanding.js';

const PATTERNS = [
  /^what(?:'s| is) (?:the (?:current )?|today's |current )date(?: today| of today)?$/,
  /^what (?:the (?:current )?|today's )date is(?: today)?$/,
  /^(?:what|which) (?:date|day|day of the week|day of the month) (?:is it|it is)(?: today)?$/,
  /^(?:what|which) (?:date|day|day of the week) is today$/,
  /^what(?:'s| is) (?:the day|the day of the week) today$/,
  /^what(?:'s| is) today$/,
  /^(?:the |current |the current |today's )?date(?: today)?$/,
];

/** "What day is it today?" Not "what date?", which asks about what was said before, and no day but today. */
export const dateSkill: IntentSkill<object> = {
  name: 'date',
  description: "Tells today's date and day of the week.",
  args: z.object({}),
  understand: understanding(PATTERNS, () => ({})),
  run: async (_args, { now, timeZone }) => `It's ${spokenDate(now, timeZone)}.`,
};
