import type { Clock } from '../../hardware/clock.js';
import { childEnvironment } from '../processes/childEnvironment.js';
import { type CommandEnd, runCommand } from '../processes/runCommand.js';
import type { Io } from './io.js';

/** Takes facts and a sentence. */
interface ShutdownLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Longer than a computer takes to agree; whoever asks a password waits in vain. */
const PATIENCE_MS = 60_000;

/**
 * Has the computer shut down by `button.shutdown_command`, through a shell. What it refuses is logged: whoever has held the
 * button would otherwise believe that the computer is off.
 * @returns whether it does shut down, or ends this program meanwhile
 */
export async function shutDown(
  command: string,
  { env, signal }: Pick<Io, 'env' | 'signal'>,
  log: ShutdownLog,
  clock: Clock,
): Promise<boolean> {
  log.warn({ command }, 'shutting the computer down');
  const options = { env: childEnvironment(env), cwd: '/', timeoutMs: PATIENCE_MS, clock };
  let end: CommandEnd;
  try {
    end = await runCommand(['sh', '-c', command], options, signal);
  } catch {
    return true; // it has told this program to end
  }
  if (end.ended === 'exited' && end.status === 0) return true;
  log.error(
    { command, why: whyNot(end) },
    'the computer was not shut down: this user may not, or button.shutdown_command is wrong',
  );
  return false;
}

function whyNot(end: CommandEnd): string {
  switch (end.ended) {
    case 'exited':
      return end.stderr.trim() || `exit ${end.status}`;
    case 'killed':
      return `ended by ${end.by}`;
    case 'timedOut':
      return `not done within ${PATIENCE_MS / 1000} s`;
    case 'notStarted':
      return end.error.message;
  }
}
