import { readEnvironment } from '../../config/environment.js';
import { checkedConfig, type LoadedConfig } from '../../config/loadConfig.js';
import type { SettingChanges, SettingsFile } from '../../config/settingsFile.js';
import type { SetupSettings } from '../../setup/setupStep.js';

/** The settings of one file, with the environment on top, as the program itself would read them. */
export class ConfiguredSettings implements SetupSettings {
  /** What was written so far. */
  readonly written: Record<string, unknown> = {};

  private constructor(
    private readonly file: SettingsFile,
    private readonly env: Readonly<Record<string, string | undefined>>,
    public current: LoadedConfig,
  ) {}

  /** @throws {ConfigError} with the lines of the file that are wrong */
  static async read(
    file: SettingsFile,
    env: Readonly<Record<string, string | undefined>>,
  ): Promise<ConfiguredSettings> {
    return new ConfiguredSettings(file, env, await load(file, env));
  }

  /** Of the file. */
  get path(): string {
    return this.file.path;
  }

  async keep(changes: SettingChanges): Promise<readonly string[]> {
    if (await this.file.set(changes)) Object.assign(this.written, changes);
    this.current = await load(this.file, this.env);
    const { board, origins } = this.current;
    return Object.keys(changes).flatMap((name) => {
      const origin = name === 'board' ? board.origin : origins.get(name as `${string}.${string}`);
      return origin?.startsWith('env ') ? [origin.slice('env '.length)] : [];
    });
  }
}

async function load(file: SettingsFile, env: Readonly<Record<string, string | undefined>>): Promise<LoadedConfig> {
  const layer = await file.layer();
  return checkedConfig(layer === undefined ? null : file.path, [...(layer ?? []), ...readEnvironment(env)]);
}
