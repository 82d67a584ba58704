import { z } from 'zod';
import { type Timer, TimerError } from '../timers/timer.js';
import type { TimerBook } from '../timers/timerBook.js';
import { localTimeOf } from '../timers/zonedTime.js';
import { alarmRequest } from './alarmPhrases.js';
import type { IntentSkill } from './intent.js';
import { keptAnswer } from './keptAnswer.js';
import { toldMissed } from './missedTimers.js';
import { nextClockTime } from './nextClockTime.js';
import { answerRinging, NEEDS_TIMERS, ringingRequest } from './ringing.js';
import { type ClockTime, DAYS } from './slots/clockTimeOf.js';
import { capitalised } from './spokenList.js';
import { allOf, spokenMoment, spokenRefusal, spokenTimer, spokenTimers } from './spokenTimers.js';
import type { Surroundings } from './surroundings.js';

const args = z.object({
  action: z.enum(['set', 'cancel', 'cancel-all', 'list', 'stop', 'snooze']),
  time: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
    .optional()
    .describe('24 hour clock, "07:30"'),
  eitherHalf: z.boolean().optional().describe('true where nobody said whether the morning or the evening is meant'),
  day: z.enum(DAYS).optional().describe('absent: the next time that it is so late'),
  name: z.string().max(80).optional(),
  repeats: z.boolean().optional().describe('set: true where it is to ring every day, every Monday or the like'),
  seconds: z.number().optional().describe('snooze: how long it is put off'),
});
export type AlarmArgs = z.infer<typeof args>;

const WANTED: Readonly<Record<AlarmArgs['action'], string>> = {
  set: 'to set an alarm',
  list: 'which alarms are set',
  cancel: 'to cancel an alarm',
  'cancel-all': 'to cancel all alarms',
  stop: 'to stop what rings',
  snooze: 'to put off what rings',
};

/** Whoever relies on an alarm must know that it will not ring on the second morning. */
const NO_REPEAT =
  'I cannot repeat an alarm, so I have set none. I can set one that rings once, such as tomorrow at seven.';

/**
 * "Wake me at seven", "set an alarm for 6:30 tomorrow", "what alarms are set".
 * @param book undefined where the program ends before anything rings
 */
export function alarmSkill(book: TimerBook | undefined): IntentSkill<AlarmArgs> {
  return {
    name: 'alarm',
    description:
      'Sets, cancels and lists alarms that ring once at a time of day (none can repeat), and stops or snoozes one that rings.',
    args,
    understand: (words) => {
      const asked = ringingRequest(words, 'alarm', book) ?? alarmRequest(words);
      return asked && { args: asked, why: `"${words}" asks ${WANTED[asked.action]}` };
    },
    run: async (asked, context) => {
      if (!book) return NEEDS_TIMERS;
      const missed = asked.action === 'list' ? await toldMissed(book, context) : '';
      try {
        return missed + (await answer(book, asked, context));
      } catch (error) {
        return spokenRefusal(error, 'alarm', context);
      }
    },
  };
}

async function answer(book: TimerBook, asked: AlarmArgs, context: Surroundings): Promise<string> {
  const alarms = book.list('alarm');
  switch (asked.action) {
    case 'stop':
    case 'snooze':
      return answerRinging(book, { action: asked.action, seconds: asked.seconds }, context);
    case 'list':
      if (alarms.length === 0) return 'No alarm is set.';
      return `${alarms.length === 1 ? 'One alarm is' : `${alarms.length} alarms are`} set: ${spokenTimers(alarms, context)}.`;
    case 'cancel-all': {
      const { timers, isKept } = await book.cancelAll('alarm');
      if (timers.length === 0) return 'No alarm is set.';
      return keptAnswer(`${allOf(timers.length, 'alarm')} cancelled.`, isKept);
    }
    case 'cancel': {
      const alarm = chooseAlarm(alarms, asked, context);
      const { isKept } = await book.cancel(alarm.id);
      return keptAnswer(`${capitalised(spokenTimer(alarm, context))} is cancelled.`, isKept);
    }
    case 'set': {
      if (asked.repeats) return NO_REPEAT;
      const said = saidTime(asked);
      if (!said) return 'Say for what time, as in: set an alarm for seven.';
      const local = nextClockTime(said, context.now.getTime(), context.timeZone);
      const { timer, isKept } = await book.setAlarm(local, context.timeZone, asked.name?.toLowerCase());
      const who = timer.name === undefined ? 'The alarm' : `The ${timer.name} alarm`;
      return keptAnswer(`${who} is set for ${spokenMoment(timer.dueMs, context)}.`, isKept);
    }
  }
}

function saidTime({ time, eitherHalf, day }: AlarmArgs): ClockTime | undefined {
  if (time === undefined) return undefined;
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { hour, minute, isTwelveHour: eitherHalf ?? false, ...(day !== undefined && { day }) };
}

/** @throws {TimerError} 'none', 'unknown', 'ambiguous' */
function chooseAlarm(alarms: readonly Timer[], asked: AlarmArgs, context: Surroundings): Timer {
  if (alarms.length === 0) throw new TimerError('none', 'no alarm is set');
  const fitting = alarms.filter((alarm) => isMeant(alarm, asked, context));
  const [alarm, second] = fitting;
  if (!alarm) throw new TimerError('unknown', 'no alarm is like that', alarms);
  if (second) throw new TimerError('ambiguous', 'several alarms could be meant', fitting);
  return alarm;
}

function isMeant({ name, dueMs }: Timer, asked: AlarmArgs, { now, timeZone }: Surroundings): boolean {
  if (asked.name !== undefined && asked.name.toLowerCase() !== name) return false;
  const { hour, minute, ...date } = localTimeOf(dueMs, timeZone);
  const said = saidTime(asked);
  const isHour = !said || said.hour === hour || (said.isTwelveHour && said.hour % 12 === hour % 12);
  if (!isHour || (said && said.minute !== minute)) return false;
  if (asked.day === undefined) return true;
  const day = nextClockTime({ hour, minute, isTwelveHour: false, day: asked.day }, now.getTime(), timeZone);
  return date.year === day.year && date.month === day.month && date.day === day.day;
}
