import { z } from 'zod';
import type { HomeAssistant } from '../homeAssistant/homeAssistant.js';
import { HomeError, type HomeFailure } from '../homeAssistant/homeError.js';
import type { Log } from '../observability/log.js';
import { Declined } from './declined.js';
import { homeRequest } from './homePhrases.js';
import type { IntentSkill } from './intent.js';
import { OWN_WATCH_MS } from './withinTime.js';

const MAX_REQUEST_CHARS = 300;
/** About a minute of speech; a list of all lights of a large house is shorter. */
const MAX_SPOKEN_CHARS = 900;

const args = z.object({
  request: z
    .string()
    .min(1)
    .max(MAX_REQUEST_CHARS)
    .describe('The order or question about devices, as one plain sentence: "turn on the kitchen light".'),
});
export type HomeArgs = z.infer<typeof args>;

const APOLOGIES: Readonly<Record<HomeFailure, string>> = {
  unreachable: 'I cannot reach Home Assistant.',
  timedOut: 'Home Assistant does not answer. I do not know whether it was done.',
  unauthorized: 'Home Assistant does not let me in. My access token needs to be renewed.',
  serverError: 'Something went wrong in Home Assistant.',
  badResponse: 'What answers in the place of Home Assistant makes no sense to me.',
};

/**
 * "Turn on the kitchen light", "is the front door locked": asked of Home Assistant, whose answer is spoken.
 * @param home only where the owner has one
 */
export function homeSkill(
  home: Pick<HomeAssistant, 'ask' | 'timeoutMs'>,
  log: Pick<Log, 'warn'>,
): IntentSkill<HomeArgs> {
  return {
    name: 'home',
    description:
      'Controls and asks about the devices of the house: lights, switches, heating, blinds, doors, locks and the like.',
    args,
    timeoutMs: home.timeoutMs + OWN_WATCH_MS,
    understand: (words) => {
      const request = homeRequest(words);
      return request === undefined ? undefined : { args: { request }, why: `"${words}" is about devices of the house` };
    },
    run: async ({ request }, context, signal) => {
      try {
        const { speech, isUnderstood } = await home.ask(request, context, signal);
        if (!isUnderstood) throw new Declined('Home Assistant knows no such sentence');
        return speech === '' ? 'Done.' : shortened(speech);
      } catch (error) {
        if (!(error instanceof HomeError)) throw error;
        log.warn({ reason: error.reason }, error.message);
        return APOLOGIES[error.reason];
      }
    },
  };
}

/** Up to the last whole sentence or word. */
function shortened(speech: string): string {
  if (speech.length <= MAX_SPOKEN_CHARS) return speech;
  const start = speech.slice(0, MAX_SPOKEN_CHARS);
  const end = Math.max(start.lastIndexOf('. ') + 1, 0) || Math.max(start.lastIndexOf(' '), 1);
  return `${start.slice(0, end).trim()} And more.`;
}
