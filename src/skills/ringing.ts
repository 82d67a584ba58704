import type { TimerKind } from '../timers/timer.js';
import { SNOOZE_MS, type TimerBook } from '../timers/timerBook.js';
import { durationOf } from './slots/durationOf.js';
import { asOrder } from './slots/requestFrame.js';
import { spokenDuration } from './spokenDuration.js';
import { capitalised } from './spokenList.js';
import { spokenRefusal } from './spokenTimers.js';
import type { Surroundings } from './surroundings.js';

/** Said where the program ends with its answer. */
export const NEEDS_TIMERS = 'Timers and alarms need me to be running: start me with pressel run, and ask me there.';

/** What is asked of a timer or an alarm that rings. */
export interface RingingArgs {
  readonly action: 'stop' | 'snooze';
  /** snooze: how long it is put off */
  readonly seconds?: number;
}

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

/** "Stop" and "five more minutes" while something of this kind rings: what rings is silenced whatever it is called. */
export function ringingRequest(words: string, kind: TimerKind, book: TimerBook | undefined): RingingArgs | undefined {
  const ringing = book?.ringing ?? [];
  const first = ringing.find((timer) => timer.kind === 'timer') ?? ringing[0];
  // Who wants to snooze when nothing rings thinks of an alarm.
  if ((first?.kind ?? 'alarm') !== kind) return undefined;
  const order = asOrder(words);
  const snooze = SNOOZE.exec(order);
  if (snooze) return putOff(snooze.groups?.['length']);
  if (!first) return undefined;
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

/** Silences what rings, or puts it off. The spoken answer; '' where the silence says it. */
export async function answerRinging(
  book: TimerBook,
  { action, seconds }: { readonly action: 'stop' | 'snooze'; readonly seconds?: number | undefined },
  context: Surroundings,
): Promise<string> {
  if (action === 'stop') return book.stopRinging().length > 0 ? '' : 'Nothing is ringing.';
  try {
    const ms = seconds === undefined ? SNOOZE_MS : seconds * 1000;
    await book.snooze(ms);
    return capitalised(`${spokenDuration(ms)} more.`);
  } catch (error) {
    return spokenRefusal(error, 'alarm', context);
  }
}
