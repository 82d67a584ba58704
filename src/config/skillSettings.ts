import path from 'node:path';
import { z } from 'zod';
import type { Config } from './config.js';
import { userConfigFile } from './configFile.js';

/** The section about skills, for the schema. */
export const skillSettings = z
  .strictObject({
    folder: z
      .string({ error: 'the path of a folder' })
      .default('skills.d')
      .describe('Your own skills; a path that does not begin with "/" begins at the folder of the configuration file.'),
  })
  .describe('What it can do without the chat model, and what you have added to that.');

/**
 * Where the owner's skills are.
 * @param file the configuration file that was read; null: none was, and the user's own counts
 */
export function ownSkillsFolder(
  config: Config,
  file: string | null,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  return path.resolve(path.dirname(file ?? userConfigFile(env, home)), config.skills.folder);
}
