import { randomBytes } from 'node:crypto';
import { systemClock } from '../../hardware/clock.js';
import type { Computer } from '../doctor/computer.js';
import { NoServiceCommandError, sandboxedDoctor } from '../doctor/serviceSandbox.js';
import { UNIT } from '../doctor/unitState.js';
import { ProcessGroup } from '../processes/processGroup.js';
import type { Io } from './io.js';
import { UsageError } from './usageError.js';

/** systemd ends at once what is asked to stop, or is not worth waiting for. */
const PUT_AWAY_PATIENCE_MS = 10_000;

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
  const name = `pressel-doctor-${randomBytes(4).toString('hex')}.service`;
  const argv = commandFor(unit.stdout, name, flags);
  let code: number | undefined;
  try {
    code = await runThrough(argv, io);
    if (code !== 0) await demandEnd(name, computer, io.signal);
    return code;
  } finally {
    if (code !== 0) await putAway(name, computer);
  }
}

function commandFor(unit: string, name: string, flags: readonly string[]): [string, ...string[]] {
  try {
    return sandboxedDoctor(unit, name, flags);
  } catch (error) {
    if (error instanceof NoServiceCommandError) throw new UsageError(error.message);
    throw error;
  }
}

/** Exit codes from here on are those of systemd, which could not start a program (systemd.exec(5)). */
const FIRST_OF_SYSTEMD = 200;

/**
 * An exit code other than 0 may be the checks' own, or mean that they never began or were ended.
 * @throws {UsageError} when they have not come to their end by themselves
 */
async function demandEnd(name: string, computer: Pick<Computer, 'run'>, signal: AbortSignal): Promise<void> {
  const shown = await computer.run(['systemctl', 'show', '--property=Result,ExecMainStatus', name], signal);
  const property = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(shown?.stdout ?? '')?.[1] ?? '';
  const result = property('Result');
  if (result === 'exit-code' && Number(property('ExecMainStatus')) < FIRST_OF_SYSTEMD) return;
  // Of a unit that never was, it says "success".
  if (['', 'success', 'exit-code', 'resources'].includes(result)) {
    throw new UsageError('systemd could not run the checks as the service: try sudo pressel doctor');
  }
  throw new UsageError(
    `the checks were ended in the middle (${result}), as the service may be. Without its limits: sudo pressel doctor`,
  );
}

/** Nothing of it goes on, or stays in the list of what has failed. */
async function putAway(name: string, computer: Pick<Computer, 'run'>): Promise<void> {
  const signal = AbortSignal.timeout(PUT_AWAY_PATIENCE_MS);
  for (const verb of ['stop', 'reset-failed']) {
    await computer.run(['systemctl', verb, name], signal).catch(() => undefined);
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
    return child.exitCode ?? 2;
  } finally {
    io.signal.removeEventListener('abort', end);
    group.end();
  }
}
