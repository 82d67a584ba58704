import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { understanding } from './understanding.js';

const AROUND =
  '(?:(?:and|then|all right|alright|right|great|thank you|thanks|very much|for now|now|everyone|everybody|my friend|dear|sleep well|sweet dreams|take care) ?)*';
const LEAVING = [
  'good ?bye|bye|bye bye|bye now|farewell|so long|cheerio|ciao',
  "(?:i(?:'ll| will) )?(?:see|talk to|speak to) (?:you|ya)(?: (?:later|soon|tomorrow|then|around|again|next time|in the morning|tonight))?",
  'see ya|until next time|till next time|until tomorrow|catch you later|have a (?:good|nice|great|lovely) (?:one|day|evening|weekend)',
].join('|');
const TO_BED = '(?:good ?night|nighty? night|night night|sleep (?:well|tight)|sweet dreams)';

const PATTERNS = [
  new RegExp(`^${AROUND}(?<night>${TO_BED})(?: ${AROUND}| (?:${LEAVING}))*$`),
  new RegExp(`^${AROUND}(?:${LEAVING})(?: ${AROUND}(?:${LEAVING})?)?$`),
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
  understand: understanding(PATTERNS, ({ night }) => (night === undefined ? {} : { isNight: true })),
  run: async ({ isNight }) => (isNight ? 'Good night.' : 'Goodbye.'),
};
