import type { Microphone } from '../../hardware/audio/microphone.js';
import type { Speaker } from '../../hardware/audio/speaker.js';
import type { EchoGuard } from '../appliance/echoGuard.js';
import { firmwareThrottling } from '../appliance/firmwareThrottling.js';
import type { Config } from '../config/config.js';
import type { Check } from '../doctor/check.js';
import { chatModelCheck } from '../doctor/checks/chatModel.js';
import { modelsCheck } from '../doctor/checks/models.js';
import { powerCheck } from '../doctor/checks/power.js';
import { runningDevicesCheck } from '../doctor/checks/runningDevices.js';
import type { ChatModel } from '../llm/chatModel.js';
import type { ModelStore } from '../models/modelStore.js';
import { neededModels } from '../models/neededModels.js';
import { configuredSkillsCheck } from './configuredSkillsCheck.js';
import type { Io } from './io.js';

export interface RunningParts {
  readonly io: Io;
  readonly config: Config;
  /** Undefined: nobody has asked for the owner's skills. */
  readonly configFile: string | null | undefined;
  readonly store: ModelStore;
  readonly model: ChatModel;
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  readonly echo: Pick<EchoGuard, 'mode'>;
}

/** What `pressel doctor` looks at, as far as it can be seen while the appliance has the devices. Nothing is heard of it. */
export function runningChecks(parts: RunningParts): Check[] {
  const { io, config, configFile: file, store, model, microphone, speaker, echo } = parts;
  return [
    runningDevicesCheck(microphone, speaker),
    echoInUse(config.audio.echo, echo),
    modelsCheck(store, neededModels(config)),
    chatModelCheck(model, config.llm),
    powerCheck(firmwareThrottling),
    ...(file === undefined ? [] : [configuredSkillsCheck(io, { config, file })]),
  ];
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
