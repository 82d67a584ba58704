import { z } from 'zod';
import { chooseTimer } from '../timers/chooseTimer.js';
import type { TimerBook } from '../timers/timerBook.js';
import type { IntentSkill } from './intent.js';
import { keptAnswer } from './keptAnswer.js';
import { toldMissed } from './missedTimers.js';
import { answerRinging, NEEDS_TIMERS, ringingRequest } from './ringing.js';
import { spokenDuration, spokenRemainder } from './spokenDuration.js';
import { capitalised } from './spokenList.js';
import { allOf, spokenLeft, spokenRefusal, spokenTimer, spokenTimers } from './spokenTimers.js';
import type { Surroundings } from './surroundings.js';
import { timerRequest } from './timerPhrases.js';

const args = z.object({
  action: z.enum(['start', 'cancel', 'cancel-all', 'left', 'add', 'pause', 'resume', 'stop', 'snooze']),
  seconds: z
    .number()
    .optional()
    .describe('start: how long it runs; add: how much longer, negative to shorten; snooze: how long it is put off'),
  name: z.string().max(80).optional().describe('what the timer is called, e.g. "pasta"'),
  ofSeconds: z.number().optional().describe('which timer is meant, by the length that it was set for'),
});
export type TimerArgs = z.infer<typeof args>;

const WANTED: Readonly<Record<TimerArgs['action'], string>> = {
  start: 'to start a timer',
  left: 'how long timers still run',
  cancel: 'to cancel a timer',
  'cancel-all': 'to cancel all timers',
  add: 'to change how long a timer runs',
  pause: 'to pause a timer',
  resume: 'to resume a timer',
  stop: 'to stop what rings',
  snooze: 'to put off what rings',
};

/**
 * "Set a pasta timer for eight minutes", "how long is left", "add five minutes to the timer".
 * @param book undefined where the program ends before anything rings
 */
export function timerSkill(book: TimerBook | undefined): IntentSkill<TimerArgs> {
  return {
    name: 'timer',
    description:
      'Starts, cancels, lengthens, pauses and resumes kitchen timers, tells how long they still run, and stops or snoozes what rings.',
    args,
    understand: (words) => {
      const asked = ringingRequest(words, 'timer', book) ?? timerRequest(words);
      return asked && { args: asked, why: `"${words}" asks ${WANTED[asked.action]}` };
    },
    run: async (asked, context) => {
      if (!book) return NEEDS_TIMERS;
      const missed = asked.action === 'left' ? await toldMissed(book, context) : '';
      try {
        return missed + (await answer(book, asked, context));
      } catch (error) {
        return missed + spokenRefusal(error, 'timer', context);
      }
    },
  };
}

async function answer(book: TimerBook, asked: TimerArgs, context: Surroundings): Promise<string> {
  const { action, seconds, name } = asked;
  if (action === 'stop' || action === 'snooze') return answerRinging(book, { action, seconds }, context);
  if (action === 'start') return started(book, seconds, name?.toLowerCase());
  if (action === 'cancel-all') {
    const { timers, isKept } = await book.cancelAll('timer');
    if (timers.length === 0) return 'No timer is set.';
    return keptAnswer(`${allOf(timers.length, 'timer')} cancelled.`, isKept);
  }
  const which = {
    name: name?.toLowerCase(),
    lengthMs: asked.ofSeconds === undefined ? undefined : asked.ofSeconds * 1000,
  };
  const all = book.list('timer');
  if (action === 'left' && all.length > 1 && which.name === undefined && which.lengthMs === undefined) {
    return `There are ${all.length} timers: ${spokenTimers(all, context)}.`;
  }
  const timer = chooseTimer(all, 'timer', which);
  const who = capitalised(spokenTimer(timer, context));
  switch (action) {
    case 'left':
      return spokenLeft(timer, context);
    case 'cancel':
      return keptAnswer(`${who} is cancelled.`, (await book.cancel(timer.id)).isKept);
    case 'pause':
      return keptAnswer(`${who} is paused.`, (await book.pause(timer.id)).isKept);
    case 'resume': {
      const { timer: resumed, isKept } = await book.resume(timer.id);
      return keptAnswer(spokenLeft(resumed, context), isKept);
    }
    case 'add': {
      if (seconds === undefined) return 'Say how much, as in: add five minutes to the timer.';
      const { timer: changed, isKept } = await book.addTime(timer.id, seconds * 1000);
      return keptAnswer(`${who} now has ${spokenRemainder(changed.leftMs)} left.`, isKept);
    }
  }
}

async function started(book: TimerBook, seconds: number | undefined, name: string | undefined): Promise<string> {
  if (seconds === undefined) return 'Say for how long, as in: set a timer for ten minutes.';
  const { isKept } = await book.startTimer(seconds * 1000, name);
  const length = spokenDuration(seconds * 1000);
  return keptAnswer(
    capitalised(name === undefined ? `${length}, starting now.` : `${length} for ${name}, starting now.`),
    isKept,
  );
}
