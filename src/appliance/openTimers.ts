import path from 'node:path';
import { type Clock, systemClock } from '../../hardware/clock.js';
import type { AssistantCommand } from '../../machines/assistantEvents.js';
import type { Log } from '../observability/log.js';
import { StateFile } from '../state/stateFile.js';
import { TimerBook } from '../timers/timerBook.js';
import { timerState } from '../timers/timerState.js';

/** The book of timers in the state folder, and the bell that tells the statechart of it. */
export interface OpenedTimers {
  readonly book: TimerBook;
  /** From now on the statechart is told what rings; at once, when something does already. */
  connect(send: (command: AssistantCommand) => void): void;
  close(): Promise<void>;
}

/**
 * Takes up the timers and alarms of the last start.
 * @param now the clock on the wall
 */
export async function openTimers(
  stateFolder: string,
  log: Log,
  clock: Clock = systemClock,
  now: () => Date = () => new Date(),
): Promise<OpenedTimers> {
  let ringing = 0;
  let tell: (command: AssistantCommand) => void = () => {};
  const book = await TimerBook.open({
    store: new StateFile(path.join(stateFolder, 'timers.json'), timerState, log),
    clock,
    now,
    onRing: ({ kind, name }) => {
      log.info({ name }, `the ${kind} rings`);
      ringing += 1;
      tell({ type: 'bell.rings' });
    },
    onQuiet: () => {
      ringing -= 1;
      if (ringing === 0) tell({ type: 'bell.stopped' });
    },
    onMissed: ({ kind, name, dueMs, why }) =>
      log.warn(
        { name, due: new Date(dueMs).toISOString() },
        why === 'off' ? `${kind} missed: it was due while the program was off` : `${kind} missed: nobody stopped it`,
      ),
  });
  return {
    book,
    connect: (send) => {
      tell = send;
      if (ringing > 0) send({ type: 'bell.rings' });
    },
    close: () => {
      tell = () => {};
      return book.close();
    },
  };
}
