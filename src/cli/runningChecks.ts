import type { Microphone } from '../../hardware/audio/microphone.js';
import type { Speaker } from '../../hardware/audio/speaker.js';
import type { EchoGuard } from '../appliance/echoGuard.js';
import { AlreadyRunningError } from '../appliance/instanceLock.js';
import type { Config } from '../config/config.js';
import type { Check } from '../doctor/check.js';
import { runningDevicesCheck } from '../doctor/checks/runningDevices.js';
import { thisComputer } from '../doctor/computer.js';
import { readUnit } from '../doctor/unitState.js';
import { withSound } from './doctorChecks.js';
import type { Io } from './io.js';

export interface RunningParts {
  readonly io: Io;
  readonly config: Config;
  /** It was read from there; null or undefined: from none. */
  readonly configFile: string | null | undefined;
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  readonly echo: Pick<EchoGuard, 'mode'>;
}

/** What `pressel doctor` says, as far as it can be seen while the appliance has the devices. Nothing is heard of it. */
export async function runningChecks(parts: RunningParts, signal: AbortSignal): Promise<Check[]> {
  const { io, config, configFile, microphone, speaker, echo } = parts;
  const computer = thisComputer(io.env);
  const loaded = { config, file: configFile ?? null };
  const unit = await readUnit(computer, signal);
  const running = new AlreadyRunningError(process.pid);
  return withSound({ io, computer, loaded, unit, running }, [
    runningDevicesCheck(microphone, speaker),
    echoInUse(config.audio.echo, echo),
  ]);
}

/** What it is measured with would be heard. */
function echoInUse(setting: string, echo: Pick<EchoGuard, 'mode'>): Check {
  return {
    group: 'audio',
    name: 'echo',
    run: async () => ({
      verdict: 'ok',
      reason: `in use is "${echo.mode}" (audio.echo = "${setting}"); it is measured by "pressel doctor" alone`,
    }),
  };
}
