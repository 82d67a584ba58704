import { BOARD_KEY } from '../../config/boardSetting.js';
import { readEnvironment } from '../../config/environment.js';
import type { Origin } from '../../config/givenSetting.js';
import { checkedConfig, type LoadedConfig } from '../../config/loadConfig.js';
import type { SettingChanges, SettingsFile } from '../../config/settingsFile.js';
import type { SetupSettings } from '../../setup/setupStep.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of one file, with the environment on top, as the program itself would read them. */
export class ConfiguredSettings implements SetupSettings {
  /** What was written so far. */
  readonly written: Record<string, unknown> = {};

  private constructor(
    private readonly file: SettingsFile,
    private readonly env: Environment,
    public current: LoadedConfig,
    private readonly keepsAll: boolean,
  ) {}

  /** @throws {ConfigError} with the lines of the file that are wrong */
  static async read(file: SettingsFile, env: Environment): Promise<ConfiguredSettings> {
    return new ConfiguredSettings(file, env, await load(file, env), await file.isBegunBySetup());
  }

  /** Of the file. */
  get path(): string {
    return this.file.path;
  }

  async keep(changes: SettingChanges): Promise<readonly string[]> {
    const wanted = Object.entries(changes).filter(([name, value]) => this.keepsAll || this.#now(name).value !== value);
    if (await this.file.set(Object.fromEntries(wanted))) Object.assign(this.written, Object.fromEntries(wanted));
    this.current = await load(this.file, this.env);
    return wanted.flatMap(([name, wish]) => {
      const { value, origin } = this.#now(name);
      return value !== wish && origin?.startsWith('env ') ? [origin.slice('env '.length)] : [];
    });
  }

  #now(name: string): { readonly value: unknown; readonly origin: Origin | undefined } {
    const { board, raw, origins } = this.current;
    if (name === BOARD_KEY) return { value: board.name, origin: board.origin };
    const dot = name.lastIndexOf('.');
    const sections: Readonly<Record<string, Readonly<Record<string, unknown>>>> = raw;
    const value = sections[name.slice(0, dot)]?.[name.slice(dot + 1)];
    return { value, origin: origins.get(name as `${string}.${string}`) };
  }
}

async function load(file: SettingsFile, env: Environment): Promise<LoadedConfig> {
  const layer = await file.layer();
  return checkedConfig(layer === undefined ? null : file.path, [...(layer ?? []), ...readEnvironment(env)]);
}
