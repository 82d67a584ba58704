import { Command } from 'commander';
import { volumeGain } from '../../../hardware/audio/volumeCurve.js';
import { systemClock } from '../../../hardware/clock.js';
import { AlreadyRunningError, lockFile, lockInstance } from '../../appliance/instanceLock.js';
import { loadConfig } from '../../config/loadConfig.js';
import { didYouMean } from '../../config/nearestName.js';
import type { Check, CheckedThing, Health } from '../../doctor/check.js';
import { checkLines, healthLine, type Sheet } from '../../doctor/checkLines.js';
import { thisComputer } from '../../doctor/computer.js';
import { examine } from '../../doctor/examine.js';
import { firstRemedy } from '../../doctor/firstRemedy.js';
import { SoundDevices } from '../../doctor/soundDevices.js';
import { readUnit, type UnitState, unitPid } from '../../doctor/unitState.js';
import { captureDriver, playbackDriver } from '../audioDrivers.js';
import { doctorChecks } from '../doctorChecks.js';
import { doctorInService } from '../doctorInService.js';
import { ExitStatus } from '../exitStatus.js';
import type { Io } from '../io.js';
import { UsageError } from '../usageError.js';

interface DoctorOptions {
  readonly json?: boolean;
  readonly config?: string;
  readonly sound: boolean;
  readonly heard?: boolean;
  readonly group?: readonly string[];
  readonly inService?: boolean;
}

/** What a script is told; 0 where all is well. */
const EXIT_CODES = { ok: undefined, degraded: 1, broken: 2 } as const satisfies Record<Health, 1 | 2 | undefined>;

/** `pressel doctor`: what works, what does not, and how to mend it. */
export function doctorCommand(io: Io): Command {
  return new Command('doctor')
    .description(
      'check what works and say how to mend what does not. Exit code 0: all well, 1: degraded, 2: cannot run',
    )
    .option('--config <file>', 'read this configuration file')
    .option('--group <name...>', 'only these groups of checks, such as audio')
    .option('--no-sound', 'do not play the chirps that measure the echo')
    .option('--heard', 'you have heard the three chirps: where the microphone does not, the echo is cancelled')
    .option('--in-service', 'check as the installed service: its user, its devices, its limits (needs root)')
    .option('--json', 'print one JSON document')
    .action((_options, self: Command) => doctor(io, self.optsWithGlobals<DoctorOptions>()));
}

async function doctor(io: Io, options: DoctorOptions): Promise<void> {
  const computer = thisComputer(io.env);
  if (options.inService) {
    const code = await doctorInService(io, computer, innerFlags(options), process.getuid?.() === 0);
    if (code !== 0) throw new ExitStatus(code === 1 ? 1 : 2);
    return;
  }
  const loaded = await loadConfig({ file: options.config, env: io.env, home: io.home });
  const { config } = loaded;
  const unit = await readUnit(computer, io.signal);
  const { unlock, running } = claimDevices(io, unit);
  const devices = new SoundDevices({
    openCapture: captureDriver(config, io.env),
    openPlayback: playbackDriver(config, io.env),
    clock: systemClock,
    gain: volumeGain(config.audio.volume),
  });
  try {
    const { sound, heard = false } = options;
    const checks = chosen(doctorChecks({ io, computer, loaded, devices, unit, running, sound, heard }), options.group);
    const sheet = sheetOf(io);
    let before: CheckedThing | undefined;
    const onChecked = (checked: CheckedThing) => {
      if (!options.json) io.stdout.write(checkLines(checked, before, sheet));
      before = checked;
    };
    const report = await examine(checks, onChecked, io.signal);
    const { checks: found, verdict } = report;
    const document = { ...report, first: firstRemedy(found) ?? null };
    io.stdout.write(options.json ? `${JSON.stringify(document, null, 2)}\n` : healthLine(verdict, found, sheet));
    const code = EXIT_CODES[verdict];
    if (code !== undefined) throw new ExitStatus(code);
  } finally {
    await devices.close();
    unlock();
  }
}

/** A pipe gets whole lines without colours; NO_COLOR is what no-color.org says. */
function sheetOf({ stdout, env }: Io): Sheet {
  if (!('isTTY' in stdout && stdout.isTTY === true)) return { columns: undefined, isColoured: false };
  const columns = 'columns' in stdout && typeof stdout.columns === 'number' ? stdout.columns : undefined;
  return { columns, isColoured: !env['NO_COLOR'] && env['TERM'] !== 'dumb' };
}

/** The same for the checks in the service, but for what belongs to this process. */
function innerFlags({ config, sound, heard, group, json }: DoctorOptions): string[] {
  return [
    ...(config === undefined ? [] : ['--config', config]),
    ...(sound ? [] : ['--no-sound']),
    ...(heard ? ['--heard'] : []),
    ...(json ? ['--json'] : []),
    ...(group === undefined ? [] : ['--group', ...group]),
  ];
}

/** @throws {UsageError} for a group that there is not */
function chosen(checks: readonly Check[], groups: readonly string[] | undefined): Check[] {
  const names = [...new Set(checks.map(({ group }) => group))];
  for (const group of groups ?? []) {
    if (names.includes(group)) continue;
    throw new UsageError(
      `there is no group "${group}" of checks${didYouMean(group, names) || '.'} The groups are: ${names.join(', ')}`,
    );
  }
  return checks.filter(({ group }) => groups === undefined || groups.includes(group));
}

interface Claim {
  readonly unlock: () => void;
  readonly running?: AlreadyRunningError;
}

/**
 * Keeps the appliance from starting while its devices are in use here; where it runs, that is told. Another user's, such
 * as the service, has a claim of its own, so systemd is asked too.
 */
function claimDevices(io: Io, unit: UnitState | undefined): Claim {
  try {
    const unlock = lockInstance(lockFile(io.env));
    const pid = unitPid(unit);
    return pid === undefined ? { unlock } : { unlock, running: new AlreadyRunningError(pid) };
  } catch (error) {
    if (!(error instanceof AlreadyRunningError)) throw error;
    return { unlock: () => {}, running: error };
  }
}
