import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfiguredSettings } from '../../../src/cli/setup/configuredSettings.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { SettingsFile } from '../../../src/config/settingsFile.js';
import type { CleanUp } from '../../fixtures/cleanUp.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

/** Settings in a file of the test's own. */
export async function settingsIn(test: CleanUp, env: Readonly<Record<string, string>> = {}) {
  const file = new SettingsFile(path.join(temporaryFolder(test), 'config.toml'));
  const settings = await ConfiguredSettings.read(file, env);
  return {
    settings,
    file,
    text: () => readFileSync(file.path, 'utf8'),
    /** As the program would read it. */
    config: async () => (await loadConfig({ file: file.path, env: {}, home: '/' })).config,
  };
}
