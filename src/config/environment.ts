import { BOARD_KEY } from './boardSetting.js';
import { SETTINGS } from './config.js';
import { type Complaint, hint, type Layer } from './givenSetting.js';
import { nearestName } from './nearestName.js';

/** The short name of `PRESSEL_MODELS_FOLDER`: where to keep models is asked for most often. */
export const MODELS_VARIABLE = 'PRESSEL_MODELS';

/** Chooses a board. */
export const BOARD_VARIABLE = `PRESSEL_${BOARD_KEY.toUpperCase()}`;

/** `skills.mqtt`, `password_file` -> `PRESSEL_SKILLS_MQTT_PASSWORD_FILE`. */
export function variableName(section: string, key: string): string {
  return `PRESSEL_${section.replaceAll('.', '_')}_${key}`.toUpperCase();
}

/**
 * Reads settings from variables named `PRESSEL_SECTION_KEY`, and the board from `PRESSEL_BOARD`. An empty variable is one that is not set. Other variables
 * that begin with `PRESSEL_` are left alone unless they look like a setting that was misspelt.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Layer {
  const names = new Map([[MODELS_VARIABLE, { section: 'models', key: 'folder' }]]);
  for (const [section, keys] of SETTINGS) {
    for (const key of keys) names.set(variableName(section, key), { section, key });
  }
  return Object.entries(env)
    .sort()
    .flatMap(([name, value]): Layer => {
      if (!name.startsWith('PRESSEL_') || !value) return [];
      if (name === BOARD_VARIABLE) return [{ board: value, origin: `env ${name}`, where: name }];
      const setting = names.get(name);
      if (setting) return [{ ...setting, value, origin: `env ${name}` as const, where: name, isText: true }];
      return complaints(name, [...names.keys(), BOARD_VARIABLE]);
    });
}

function complaints(name: string, validNames: readonly string[]): Complaint[] {
  const nearest = nearestName(name, validNames);
  const isInSection = [...SETTINGS.keys()].some((section) => name.startsWith(variableName(section, '')));
  if (!isInSection && nearest === undefined) return [];
  return [{ problem: `${name}: there is no such setting${hint([nearest])}` }];
}
