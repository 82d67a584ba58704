import { systemClock } from '../../hardware/clock.js';
import type { LoadedConfig } from '../config/loadConfig.js';
import { ownSkillsFolder } from '../config/skillSettings.js';
import type { Check } from '../doctor/check.js';
import { ownSkillsCheck } from '../doctor/checks/ownSkills.js';
import { openOwnSkills } from '../skills/own/openOwnSkills.js';
import type { Io } from './io.js';
import { openSkills } from './openSkills.js';

/** Whether the owner's skills of the configured folder can be loaded. */
export function configuredSkillsCheck(io: Io, { config, file }: Pick<LoadedConfig, 'config' | 'file'>): Check {
  const folder = ownSkillsFolder(config, file, io.env, io.home);
  return ownSkillsCheck(folder, async () =>
    openOwnSkills({
      folder,
      builtIn: await openSkills(),
      taken: ['home'],
      startsServers: false,
      env: io.env,
      clock: systemClock,
      onFailure: () => {}, // nothing is asked
    }),
  );
}
