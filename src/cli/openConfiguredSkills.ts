import { systemClock } from '../../hardware/clock.js';
import type { LoadedConfig } from '../config/loadConfig.js';
import { ownSkillsFolder } from '../config/skillSettings.js';
import type { Log } from '../observability/log.js';
import type { IntentSkill } from '../skills/intent.js';
import { type OwnSkills, openOwnSkills } from '../skills/own/openOwnSkills.js';
import { problemLine } from '../skills/own/skillProblem.js';
import type { Io } from './io.js';

/**
 * The owner's skills, as configured; what does not work of them is in the log. The caller closes them.
 * @param builtIn the skills that there are already
 * @param startsServers whether servers are started; where nobody calls a tool, they are not
 */
export async function openConfiguredSkills(
  { config, file }: Pick<LoadedConfig, 'config' | 'file'>,
  io: Io,
  log: Pick<Log, 'info' | 'warn'>,
  builtIn: readonly IntentSkill<unknown>[],
  startsServers = true,
): Promise<OwnSkills> {
  const own = await openOwnSkills({
    folder: ownSkillsFolder(config, file, io.env, io.home),
    builtIn,
    taken: ['home'],
    startsServers,
    env: io.env,
    clock: systemClock,
    onFailure: (skill, message, error) => log.warn({ skill, ...(error === undefined ? {} : { error }) }, message),
    onServer: (server, message) => log.info({ server }, message),
  });
  for (const problem of own.problems) log.warn(problemLine(problem));
  return own;
}
