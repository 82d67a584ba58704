import { systemClock } from '../../hardware/clock.js';
import type { Computer } from '../doctor/computer.js';
import { NoServiceCommandError, sandboxedDoctor } from '../doctor/serviceSandbox.js';
import { UNIT } from '../doctor/unitState.js';
import { ProcessGroup } from '../processes/processGroup.js';
import type { Io } from './io.js';
import { UsageError } from './usageError.js';

/**
 * Runs `pressel doctor` as the service is run: its user, its devices, its limits. What works in a shell may not work there.
 * @param flags of the inner `pressel doctor`
 * @returns its exit code
 * @throws {UsageError} who may not start services, or has none, is told what to do; the signal's reason
 */
export async function doctorInService(
  io: Io,
  computer: Pick<Computer, 'run'>,
  flags: readonly string[],
  isRoot: boolean,
): Promise<number> {
  if (!isRoot) {
    throw new UsageError(`only root may start something as the service: sudo pressel doctor --in-service`);
  }
  const unit = await computer.run(['systemctl', 'cat', UNIT], io.signal);
  if (unit === undefined) throw new UsageError('there is no systemd here, so no service to run these checks in');
  if (unit.status !== 0) throw new UsageError(`${UNIT} is not installed: sudo deploy/install.sh`);
  try {
    return await runThrough(sandboxedDoctor(unit.stdout, flags), io);
  } catch (error) {
    if (error instanceof NoServiceCommandError) throw new UsageError(error.message);
    throw error;
  }
}

/** Its output is ours, and it ends with us. */
async function runThrough(argv: readonly string[], io: Io): Promise<number> {
  io.signal.throwIfAborted();
  const group = new ProcessGroup(argv, { env: io.env, stdio: ['ignore', 'pipe', 'pipe'] }, systemClock);
  const { child } = group;
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  let isStarted = false;
  child.stdout?.once('data', () => {
    isStarted = true;
  });
  child.stdout?.pipe(io.stdout, { end: false });
  child.stderr?.pipe(io.stderr, { end: false });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const end = () => group.end();
  io.signal.addEventListener('abort', end, { once: true });
  try {
    await group.ended;
    if (failure) throw failure;
    await closed;
    io.signal.throwIfAborted();
    // Its own exit codes are those of failures too; what it has to say of them it has written.
    if (!isStarted) throw new UsageError('systemd could not run the checks as the service: try sudo pressel doctor');
    return child.exitCode ?? 2;
  } finally {
    io.signal.removeEventListener('abort', end);
    group.end();
  }
}
