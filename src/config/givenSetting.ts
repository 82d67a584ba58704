import { SETTINGS } from './config.js';
import { nearestName } from './nearestName.js';

/** Where a value came from, as `pressel config` shows it: `default`, `board whisplay`, `file:12`, `env PRESSEL_LLM_MODEL`, `flag`. */
export type Origin = 'default' | `board ${string}` | `file:${number}` | `env ${string}` | 'flag';

/** `section.key`; a section may have a dot of its own: `skills.mqtt.url`. */
export type SettingName = `${string}.${string}`;

/** A value that somebody gave for a setting, not yet checked. */
export interface GivenSetting {
  readonly section: string;
  readonly key: string;
  readonly value: unknown;
  readonly origin: Origin;
  /** For complaints: `/etc/pressel/config.toml:3`, `PRESSEL_LLM_MODEL`. */
  readonly where: string;
  /** The value is text that stands for any type, as in an environment variable. */
  readonly isText: boolean;
}

/** What one place (the file, the environment, the flags) gives, in its order: values, and complaints about names. */
export type Layer = readonly (GivenSetting | GivenBoard | Complaint)[];

/** The choice of a board, not yet checked. The board's own settings count less than what any of these places gives. */
export interface GivenBoard {
  readonly board: unknown;
  readonly origin: Origin;
  readonly where: string;
}

/** A line for the owner. */
export interface Complaint {
  readonly problem: string;
}

/** The settings that may be meant by an unknown `section.key`: in its own section first, then anywhere. */
export function nearestSettings(section: string, key: string): SettingName[] {
  const own = nearestName(key, SETTINGS.get(section) ?? []);
  if (own !== undefined) return [`${section}.${own}`];
  const all = [...SETTINGS].flatMap(([other, keys]) =>
    keys.map((name) => ({ name, setting: `${other}.${name}` as const })),
  );
  const nearest = nearestName(
    key,
    all.map(({ name }) => name),
  );
  return all.filter(({ name }) => name === nearest).map(({ setting }) => setting);
}

/** The section that may be meant by an unknown one: one of nearly that name, or that is nearly called so within another. */
export function nearestSection(name: string): string | undefined {
  const sections = [...SETTINGS.keys()];
  const lastNames = new Map(sections.map((section) => [section.slice(section.lastIndexOf('.') + 1), section]));
  return nearestName(name, sections) ?? lastNames.get(nearestName(name, [...lastNames.keys()]) ?? '');
}

/** `; did you mean "asr.model" or "llm.model"?`, or nothing. */
export function hint(names: readonly (string | undefined)[]): string {
  const known = names.filter((name) => name !== undefined);
  return known.length === 0 ? '' : `; did you mean ${known.map((name) => `"${name}"`).join(' or ')}?`;
}
