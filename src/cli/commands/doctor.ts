import path from 'node:path';
import { Command } from 'commander';
import { volumeGain } from '../../../hardware/audio/volumeCurve.js';
import { systemClock } from '../../../hardware/clock.js';
import { ECHO_FILE } from '../../appliance/echoFile.js';
import { AlreadyRunningError, lockFile, lockInstance } from '../../appliance/instanceLock.js';
import { stateFolder } from '../../appliance/pauseMemoryFile.js';
import type { Config } from '../../config/config.js';
import { loadConfig } from '../../config/loadConfig.js';
import type { Check, CheckedThing, Health } from '../../doctor/check.js';
import { checkLines, healthLine } from '../../doctor/checkLines.js';
import { chatModelCheck } from '../../doctor/checks/chatModel.js';
import { devicesOpenCheck } from '../../doctor/checks/devicesOpen.js';
import { echoCheck } from '../../doctor/checks/echo.js';
import { copyOf, instanceCheck, stopCopy } from '../../doctor/checks/instance.js';
import { microphoneSoundCheck } from '../../doctor/checks/microphoneSound.js';
import { modelsCheck } from '../../doctor/checks/models.js';
import { examine } from '../../doctor/examine.js';
import { skipped } from '../../doctor/skipped.js';
import { SoundDevices } from '../../doctor/soundDevices.js';
import { ModelStore } from '../../models/modelStore.js';
import { configuredModelFolder, neededModels } from '../../models/neededModels.js';
import { captureDriver, playbackDriver } from '../audioDrivers.js';
import { configuredSkillsCheck } from '../configuredSkillsCheck.js';
import { ExitStatus } from '../exitStatus.js';
import type { Io } from '../io.js';
import { openChatModel } from '../openParts.js';

interface DoctorOptions {
  readonly json?: boolean;
  readonly config?: string;
  readonly sound: boolean;
  readonly heard?: boolean;
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
    .option('--no-sound', 'do not play the chirps that measure the echo')
    .option('--heard', 'you have heard the three chirps: where the microphone does not, the echo is cancelled')
    .option('--json', 'print one JSON document')
    .action((_options, self: Command) => doctor(io, self.optsWithGlobals<DoctorOptions>()));
}

async function doctor(io: Io, options: DoctorOptions): Promise<void> {
  const loaded = await loadConfig({ file: options.config, env: io.env, home: io.home });
  const { config } = loaded;
  const { unlock, running } = claimDevices(io);
  const devices = new SoundDevices({
    openCapture: captureDriver(config, io.env),
    openPlayback: playbackDriver(config, io.env),
    clock: systemClock,
    gain: volumeGain(config.audio.volume),
  });
  try {
    const checks = [
      instanceCheck(running),
      ...soundChecks(io, config, options, devices, running),
      ...modelChecks(io, config),
      // At the end: what a module does while it is imported may take its time.
      configuredSkillsCheck(io, loaded),
    ];
    let before: CheckedThing | undefined;
    const onChecked = (checked: CheckedThing) => {
      if (!options.json) io.stdout.write(checkLines(checked, before));
      before = checked;
    };
    const report = await examine(checks, onChecked, io.signal);
    io.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : healthLine(report.verdict));
    const code = EXIT_CODES[report.verdict];
    if (code !== undefined) throw new ExitStatus(code);
  } finally {
    await devices.close();
    unlock();
  }
}

/** Keeps the appliance from starting while its devices are in use here; where it runs, that is told. */
function claimDevices(io: Io): { readonly unlock: () => void; readonly running?: AlreadyRunningError } {
  try {
    return { unlock: lockInstance(lockFile(io.env)) };
  } catch (error) {
    if (!(error instanceof AlreadyRunningError)) throw error;
    return { unlock: () => {}, running: error };
  }
}

function soundChecks(
  io: Io,
  { audio }: Config,
  options: DoctorOptions,
  devices: SoundDevices,
  running: AlreadyRunningError | undefined,
): Check[] {
  const echo = echoCheck(devices, {
    setting: audio.echo,
    volume: audio.volume,
    inputGainDb: audio.inputGainDb,
    env: io.env,
    file: path.join(stateFolder(io.env, io.home), ECHO_FILE),
    chirpsHeard: options.heard === true,
    now: () => new Date(),
    onChirps: () => io.stderr.write('Three chirps will sound: please be quiet for six seconds.\n'),
  });
  const checks = [
    devicesOpenCheck(devices),
    ...(options.sound ? [echo] : skipped([echo], { reason: 'no sound is wanted' })),
    microphoneSoundCheck(devices),
  ];
  if (running !== undefined) return skipped(checks, { reason: copyOf(running), remedy: stopCopy(running) });
  if (audio.driver === 'wav' || audio.driver === 'null') {
    return skipped(checks, { reason: `audio.driver is "${audio.driver}", so there are no sound devices` });
  }
  return checks;
}

function modelChecks(io: Io, config: Config): Check[] {
  const store = new ModelStore(configuredModelFolder(config, io.env, io.home), { env: io.env });
  return [modelsCheck(store, neededModels(config)), chatModelCheck(openChatModel(config), config.llm)];
}
