import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { repeated, repeatedBehind } from './slots/requestFrame.js';
import { understanding } from './understanding.js';

const AROUND =
  'and|oh|well|all right|alright|right|great|thank you|thanks|very much|so much|a lot|for (?:your|the|all your) help|for everything|for now|now|for today|everyone|everybody|my friend|dear';
const LEAVING = [
  'good ?bye|bye|farewell|so long|cheerio|ciao|take care|catch you later|(?:until|till) (?:next time|tomorrow)',
  "(?:i(?:'ll| will) )?(?:see|talk to|speak to) (?:you|ya)(?: (?:later|soon|tomorrow|then|around|again|next time|in the morning|tonight))?",
  'have a (?:good|nice|great|lovely) (?:one|day|evening|weekend|night)',
].join('|');
const TO_BED = '(?:good ?night|nighty night|night night|sleep (?:well|tight)|sweet dreams)';

const PATTERNS = [
  new RegExp(
    `^${repeated(`${AROUND}|${LEAVING}`)}(?<night>${TO_BED})${repeatedBehind(`${AROUND}|${LEAVING}|${TO_BED}`)}$`,
  ),
  new RegExp(`^${repeated(AROUND)}(?:${LEAVING})${repeatedBehind(`${AROUND}|${LEAVING}`)}$`),
];

const args = z.object({ isNight: z.boolean().optional() });

/** "Goodbye", "good night": a word in return, and nobody is listened to after it. */
export const goodbyeSkill: IntentSkill<z.infer<typeof args>> = {
  name: 'goodbye',
  description: 'Returns a farewell and ends the conversation.',
  args,
  isAside: true,
  isLast: true,
  reads: 'request',
  understand: understanding(PATTERNS, 'is a farewell', ({ night }) => (night === undefined ? {} : { isNight: true })),
  run: async ({ isNight }) => (isNight ? 'Good night.' : 'Goodbye.'),
};
