import { BOARD_NAMES, BOARD_PROFILES } from '../boards/boardProfiles.js';
import { BOARD_KEY } from './boardSetting.js';
import { configSchema } from './schema.js';

const BOARD_MEANING = `What is plugged onto the computer, which stands for settings of its own: ${BOARD_NAMES.map(
  (name) => `"${name}" (${BOARD_PROFILES[name].description})`,
).join(', ')}.`;

interface Described {
  readonly description?: string | undefined;
}

const SECTIONS: Readonly<Record<string, Described & { readonly shape: Readonly<Record<string, Described>> }>> =
  configSchema.shape;

/** What a setting means, as the schema describes it; empty for one that it does not describe. */
export function settingMeaning(section: string, key: string): string {
  if (section === '' && key === BOARD_KEY) return BOARD_MEANING;
  return SECTIONS[section]?.shape[key]?.description ?? '';
}

/** What the settings of a section are about; empty for one that the schema does not describe. */
export function sectionMeaning(section: string): string {
  return SECTIONS[section]?.description ?? '';
}
