import { z } from 'zod';
import { SNOOZE_MS, type TimerBook } from '../timers/timerBook.js';
import type { IntentSkill } from './intent.js';
import { durationOf } from './slots/durationOf.js';
import { asOrder } from './slots/requestFrame.js';
import { spokenDuration } from './spokenDuration.js';
import { capitalised } from './spokenList.js';
import { spokenRefusal } from './spokenTimers.js';

const args = z.object({
  action: z.enum(['stop', 'snooze']),
  seconds: z.number().optional().describe('snooze: how long it is put off'),
});
export type RingingArgs = z.infer<typeof args>;

const IT = '(?: (?:it|that|this|ringing|beeping|the ringing|the noise|(?:the |my )?(?:.{1,40} )?(?:timer|alarm)s?))?';
/** Enough to silence what rings, and something else at any other time. */
const STOP = [
  new RegExp(`^(?:stop|end|dismiss|silence|quiet|cancel|enough|shut up|be quiet|hush)${IT}$`),
  /^(?:turn|switch|shut) (?:it|that|the (?:timer|alarm)) off$/,
  new RegExp(`^(?:turn|switch|shut) off${IT}$`),
  /^(?:i'm|i am|im) (?:up|awake|coming|getting up)$/,
  /^(?:ok|okay|all right|alright|that's enough|got it|i heard you|i hear you)$/,
];
const SNOOZE = /^(?:snooze|put off)(?: (?:it|that|the alarm|my alarm|the timer))?(?: (?:for|by) (?<length>.+))?$/;
const LATER =
  /^(?:(?:just |give me )?(?:another |an extra )?(?<length>.+?) (?:more|longer|more please)|(?:just |give me )?(?<more>.+ more .+)|(?:give me )?another (?<another>.+))$/;

/** "Stop" and "five more minutes" while a timer or an alarm rings. */
export function ringingSkill(book: TimerBook): IntentSkill<RingingArgs> {
  return {
    name: 'ringing',
    description: 'Silences a timer or an alarm that is ringing now, or puts it off for some minutes.',
    args,
    understand: (words) => {
      const asked = ringingRequest(asOrder(words), book.ringing.length > 0);
      return asked && { args: asked, why: `"${words}" asks to ${asked.action} what rings` };
    },
    run: async ({ action, seconds }, context) => {
      if (action === 'stop') return book.stopRinging().length > 0 ? '' : 'Nothing is ringing.';
      try {
        const ms = seconds === undefined ? SNOOZE_MS : seconds * 1000;
        await book.snooze(ms);
        return capitalised(`${spokenDuration(ms)} more.`);
      } catch (error) {
        return spokenRefusal(error, 'alarm', context);
      }
    },
  };
}

function ringingRequest(order: string, isRinging: boolean): RingingArgs | undefined {
  const snooze = SNOOZE.exec(order);
  if (snooze) return putOff(snooze.groups?.['length']);
  if (!isRinging) return undefined;
  if (STOP.some((pattern) => pattern.test(order))) return { action: 'stop' };
  const later = LATER.exec(order)?.groups;
  const length = later?.['length'] ?? later?.['more']?.replace(' more ', ' ') ?? later?.['another'];
  return length === undefined ? undefined : putOff(length);
}

function putOff(length: string | undefined): RingingArgs | undefined {
  if (length === undefined) return { action: 'snooze' };
  const seconds = durationOf(length) ?? durationOf(`a ${length}`);
  return seconds === undefined ? undefined : { action: 'snooze', seconds };
}
