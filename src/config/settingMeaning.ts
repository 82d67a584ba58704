import { BOARD_NAMES, BOARD_PROFILES } from '../boards/boardProfiles.js';
import { BOARD_KEY } from './boardSetting.js';
import { configSchema } from './schema.js';

const BOARD_MEANING = `What is plugged onto the computer, which stands for settings of its own: ${BOARD_NAMES.map(
  (name) => `"${name}" (${BOARD_PROFILES[name].description})`,
).join(', ')}.`;

/** What a setting means, as the schema describes it; empty for one that it does not describe. */
export function settingMeaning(section: string, key: string): string {
  if (section === '' && key === BOARD_KEY) return BOARD_MEANING;
  const sections: Readonly<
    Record<string, { readonly shape: Readonly<Record<string, { description?: string | undefined }>> }>
  > = configSchema.shape;
  return sections[section]?.shape[key]?.description ?? '';
}
