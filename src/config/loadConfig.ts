import { boardLayer, type ChosenBoard, chooseBoard, isBoard } from './boardSetting.js';
import { checkSetting, defaultOf } from './checkSetting.js';
import { type Config, SETTINGS, toConfig } from './config.js';
import { ConfigError } from './configError.js';
import { findConfigFile, SYSTEM_CONFIG_FILE, userConfigFile } from './configFile.js';
import { readEnvironment } from './environment.js';
import { type GivenSetting, hint, type Layer, nearestSettings, type Origin, type SettingName } from './givenSetting.js';
import { configSchema, type RawConfig } from './schema.js';
import { readToml } from './tomlFile.js';

export interface ConfigSources {
  /** `--config`: must exist. */
  readonly file?: string | undefined;
  /** Values of flags by the setting they override. Undefined: the flag was not given. */
  readonly flags?: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  /** Read when there is no `--config`; the user's own file only when this one does not exist. */
  readonly systemFile?: string;
}

/** The effective configuration and where each value came from. */
export interface LoadedConfig {
  readonly config: Config;
  /** The same under the names of the file. */
  readonly raw: RawConfig;
  /** The file that was read; null when there is none. */
  readonly file: string | null;
  readonly board: ChosenBoard;
  readonly origins: ReadonlyMap<SettingName, Origin>;
}

/**
 * Reads the configuration: defaults, then those of the board, then the file, then `PRESSEL_SECTION_KEY`, then
 * flags; the later wins.
 * @throws {ConfigError} with everything that is wrong, in any of them
 */
export async function loadConfig(sources: ConfigSources): Promise<LoadedConfig> {
  const systemFile = sources.systemFile ?? SYSTEM_CONFIG_FILE;
  const found = await findConfigFile(sources.file, [systemFile, userConfigFile(sources.env, sources.home)]);
  const inFile = found ? readToml(found.file, found.source) : [];
  const given = [...inFile, ...readEnvironment(sources.env), ...readFlags(sources.flags ?? {})];
  return checkedConfig(found?.file ?? null, given);
}

/**
 * The configuration that these values make, on top of the defaults and those of the board.
 * @param file where they come from, as far as there is one
 * @throws {ConfigError} with everything that is wrong
 */
export function checkedConfig(file: string | null, given: Layer): LoadedConfig {
  const { board, problems: boardProblems } = chooseBoard(given);
  const problems = [...boardProblems];
  const effective = new Map<SettingName, GivenSetting>();
  for (const one of [...boardLayer(board.name), ...given]) {
    if (isBoard(one)) continue;
    const checked = 'problem' in one ? one : checkSetting(one);
    if ('problem' in checked) problems.push(checked.problem);
    else effective.set(`${checked.section}.${checked.key}`, checked);
  }

  const result = configSchema.safeParse(withDefaults(effective));
  if (!result.success) problems.push(...result.error.issues.map((issue) => togetherWrong(issue, effective)));
  if (problems.length > 0 || !result.success) throw new ConfigError(problems);
  return { config: toConfig(result.data), raw: result.data, file, board, origins: originsOf(effective) };
}

function readFlags(flags: NonNullable<ConfigSources['flags']>): Layer {
  return Object.entries(flags).flatMap(([name, value]): Layer => {
    if (value === undefined) return [];
    const dot = name.lastIndexOf('.');
    const [section, key] = [name.slice(0, dot), name.slice(dot + 1)];
    if (SETTINGS.get(section)?.includes(key)) {
      return [{ section, key, value, origin: 'flag' as const, where: 'command line', isText: true }];
    }
    return [{ problem: `command line: unknown setting "${name}"${hint(nearestSettings(section, key))}` }];
  });
}

/** Every section, with what was given in it; the schema fills in the rest. */
function withDefaults(effective: ReadonlyMap<SettingName, GivenSetting>): Record<string, Record<string, unknown>> {
  const values: Record<string, Record<string, unknown>> = {};
  for (const section of SETTINGS.keys()) values[section] = {};
  for (const { section, key, value } of effective.values()) values[section] = { ...values[section], [key]: value };
  return values;
}

/** A complaint about values that are right on their own and wrong together. */
function togetherWrong(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string },
  effective: ReadonlyMap<SettingName, GivenSetting>,
): string {
  const [section, key] = issue.path.map(String);
  const name: SettingName = `${section}.${key}`;
  const sectionGiven = [...effective.values()].find((given) => given.section === section);
  const given = effective.get(name);
  const where = (given ?? sectionGiven)?.where ?? 'defaults';
  const value = given ? given.value : defaultOf(section ?? '', key ?? '');
  const found = `${value === '' ? 'nothing' : String(value)}${given ? '' : ' (its default)'}`;
  return `${where}: ${name}: expected ${issue.message}, found ${found}`;
}

function originsOf(effective: ReadonlyMap<SettingName, GivenSetting>): Map<SettingName, Origin> {
  const origins = new Map<SettingName, Origin>();
  for (const [section, keys] of SETTINGS) {
    for (const key of keys) origins.set(`${section}.${key}`, effective.get(`${section}.${key}`)?.origin ?? 'default');
  }
  return origins;
}
