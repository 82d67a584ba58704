import { systemClock } from '../../../hardware/clock.js';
import { thisComputer } from '../../doctor/computer.js';
import { readUnit, UNIT } from '../../doctor/unitState.js';
import { childEnvironment } from '../../processes/childEnvironment.js';
import { runCommand } from '../../processes/runCommand.js';
import { type InstalledService, ServiceCommandError } from '../../setup/pausedService.js';
import type { Io } from '../io.js';

/** The service itself takes 10 s at most to end (TimeoutStopSec), and a busy Pi is slow to say so. */
const COMMAND_TIMEOUT_MS = 30_000;

/** Those states of a unit in which it has no device, and will have none by itself. */
const AT_REST = ['inactive', 'failed'];

/** The service of this computer, as systemd has it. Needs root, but for its state. */
export function systemdService({ env }: Pick<Io, 'env'>): InstalledService {
  const systemctl = async (args: readonly string[], signal: AbortSignal): Promise<void> => {
    const options = { env: childEnvironment(env), cwd: '/', timeoutMs: COMMAND_TIMEOUT_MS, clock: systemClock };
    const end = await runCommand(['systemctl', ...args], options, signal);
    if (end.ended === 'exited' && end.status === 0) return;
    const said = 'stderr' in end ? end.stderr.trim() : '';
    const why = end.ended === 'notStarted' ? end.error.message : said || end.ended;
    throw new ServiceCommandError(`systemctl ${args.join(' ')}: ${why}`);
  };
  return {
    state: async (signal) => {
      const unit = await readUnit(thisComputer(env), signal);
      if (unit?.LoadState !== 'loaded') return undefined;
      return {
        isEnabled: unit.UnitFileState.startsWith('enabled'),
        isRunning: !AT_REST.includes(unit.ActiveState),
      };
    },
    stop: (signal) => systemctl(['stop', UNIT], signal),
    // Ready is it only once its models are loaded.
    start: (signal) => systemctl(['restart', '--no-block', UNIT], signal),
  };
}
