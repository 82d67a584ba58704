import { z } from 'zod';
import type { Check } from '../check.js';
import type { Computer } from '../computer.js';
import { UNIT, type UnitState } from '../unitState.js';
import { UNIT_RESULTS } from './service.js';

/** "Failed with result ..." (SD_MESSAGE_UNIT_FAILURE_RESULT in systemd's catalogue of messages). */
const FAILED = 'd9b373ed55a64feb8242e02dbe79a49c';
const SHOWN = 200;

const entrySchema = z.object({
  /** Microseconds since 1970. */
  __REALTIME_TIMESTAMP: z.string().regex(/^\d+$/),
  UNIT_RESULT: z.string().default('unknown'),
});

const REMEDIES: Readonly<Record<string, string>> = {
  'oom-kill': 'choose a smaller llm.model, or let another computer run it (llm.url); see "memory" above',
  watchdog: 'see "power and heat" above, and what kept the computer busy: journalctl -u pressel --since -1d',
};
/** Not by priority: to the journal, every line of a program is of the same. */
const REMEDY = 'journalctl -u pressel --since -1d -e';

/** Whether the service has ended unexpectedly in the last day. */
export function crashesCheck(computer: Computer, unit: UnitState | undefined): Check {
  return {
    group: 'service',
    name: 'last day',
    run: async (signal) => {
      if (unit?.LoadState !== 'loaded')
        return { verdict: 'skipped', reason: 'there is no service that could have crashed' };
      const journal = await computer.run(
        [
          'journalctl',
          '-u',
          UNIT,
          `MESSAGE_ID=${FAILED}`,
          '--since',
          '-24h',
          '-o',
          'json',
          '--no-pager',
          '-n',
          `${SHOWN}`,
        ],
        signal,
      );
      if (journal === undefined)
        return { verdict: 'skipped', reason: 'there is no journal here, or it does not answer' };
      // It then shows what this user wrote, which is nothing of the service.
      if (/permission|not seeing messages from other users/i.test(journal.stderr)) {
        return {
          verdict: 'skipped',
          reason: 'this user may not read the journal',
          remedy: 'sudo pressel doctor --group service',
        };
      }
      const trouble = journal.stderr.trim().split('\n')[0] ?? '';
      if (trouble !== '' && (journal.status !== 0 || /no journal files/i.test(trouble))) {
        return { verdict: 'skipped', reason: `the journal does not tell: ${trouble}` };
      }
      const crashes = journal.stdout.split('\n').flatMap(crashIn);
      const last = crashes.at(-1);
      if (last === undefined) return { verdict: 'ok', reason: 'no crash' };
      const times = crashes.length === 1 ? 'once' : `${crashes.length} times`;
      return {
        verdict: 'degraded',
        reason: `it ended unexpectedly ${times}, last at ${last.at}: ${UNIT_RESULTS[last.result] ?? last.result}`,
        remedy: REMEDIES[last.result] ?? REMEDY,
        details: { crashes },
      };
    },
  };
}

function crashIn(line: string): { readonly at: string; readonly result: string }[] {
  try {
    const { __REALTIME_TIMESTAMP: microseconds, UNIT_RESULT: result } = entrySchema.parse(JSON.parse(line));
    return [{ at: new Date(Number(microseconds) / 1000).toISOString(), result }];
  } catch {
    return []; // An empty line, or one that an unclean end has cut.
  }
}
