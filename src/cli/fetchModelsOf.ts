import path from 'node:path';
import type { CommandEnd } from '../processes/runCommand.js';
import { inSandboxOf } from '../service/unitSandbox.js';

const UNIT = 'pressel-models.service';

/** The same as the unit's own limit: models may be gigabytes, and the Internet slow. */
const LONGEST_S = 7200;

/**
 * Fetches the models of a version of the program that is not in use yet, the way the service has them fetched.
 * Without that unit there is no service that would need them.
 * @param run runs a program and waits for it
 * @param tell is told what happens; that they cannot be had is no failure: the version may do without
 */
export function fetchModelsOf(
  run: (argv: readonly string[], signal: AbortSignal, timeoutMs?: number) => Promise<CommandEnd>,
  tell: (text: string) => void,
): (folder: string, signal: AbortSignal) => Promise<void> {
  return async (folder, signal) => {
    const unit = await run(['systemctl', 'cat', UNIT], signal);
    if (unit.ended !== 'exited' || unit.status !== 0) return;
    tell('fetching the models that it needs and that are not here yet');
    const argv = inSandboxOf(unit.stdout, [path.join(folder, 'deploy', 'pressel'), 'models', 'fetch'], {
      longestS: LONGEST_S,
    });
    const end = await run(argv, signal, LONGEST_S * 1000);
    if (end.ended === 'exited' && end.status === 0) return;
    // What cannot even be started in the sandbox says nothing: systemd has a status for it (systemd.exec(5)).
    const said =
      end.ended === 'exited' ? end.stderr.trim().split('\n').at(-1) || `exit status ${end.status}` : end.ended;
    tell(`they could not be fetched: ${said}. Whether it works without them is seen next`);
  };
}
