import { BOARD_NAMES, BOARD_PROFILES, type BoardName } from '../../boards/boardProfiles.js';
import { BOARD_KEY } from '../../config/boardSetting.js';
import { defaultOf, expectedOf } from '../../config/checkSetting.js';
import { SETTINGS } from '../../config/config.js';
import { SYSTEM_CONFIG_FILE } from '../../config/configFile.js';
import { BOARD_VARIABLE, variableName } from '../../config/environment.js';
import { sectionMeaning, settingMeaning } from '../../config/settingMeaning.js';
import { type TomlValue, tomlLiteral } from '../../config/tomlText.js';
import { codeIn, table } from './markdown.js';

/** Where the reference is kept, from the root of the checkout. */
export const REFERENCE_FILE = 'docs/configuration.md';

/** The configuration reference in Markdown: everything in it comes from the schema, the same bytes each time. */
export function configurationReference(): string {
  const sections = [...SETTINGS].map(([section, keys]) => sectionReference(section, keys));
  return `${[HEAD, index(), boards(), ...sections].join('\n\n')}\n`;
}

/** The value of a setting as its table shows it. */
export function shownDefault(section: string, key: string): string {
  const value = defaultOf(section, key);
  return value === undefined ? 'unset' : `\`${tomlLiteral(value as TomlValue)}\``;
}

const HEAD = `# Configuration

<!-- Made by "npm run docs:build" from the schema in src/config/. What is changed here by hand is lost. -->

Everything has a default: without any configuration, Pressel starts. What you want otherwise goes into one TOML file,
\`${SYSTEM_CONFIG_FILE}\` for the service, else \`~/.config/pressel/config.toml\`; \`--config FILE\` names another.
\`pressel setup\` writes it for you and keeps what you have written yourself.

\`\`\`toml
${BOARD_KEY} = "button-and-led"     # above all sections: what is plugged onto the computer

[llm]
model = "qwen2.5:1.5b"

[conversation]
follow_up_ms = 5000

[skills.mqtt]                # a section within a section
enabled = true
\`\`\`

\`llm.model\`, as the guides call it, is the line \`model\` below \`[llm]\`.

A setting is looked for in this order, and the last that has it counts:

1. its default, as below;
2. the default that the [board](#board) has for it;
3. the file;
4. a variable of the environment, \`PRESSEL_SECTION_KEY\`: \`PRESSEL_LLM_MODEL=qwen2.5:1.5b\`. Dots become \`_\`, a list is
   separated by commas, and an empty variable is one that is not set. The service reads \`/etc/pressel/environment\`;
5. a flag of the command, where it has one, such as \`pressel run --voice\`, \`--llm-model\` and \`--llm-url\`.

\`pressel config\` shows every setting, its value, and which of these it came from. A mistake is told with its file, its line
and the nearest name that there is, and nothing starts on a guess. The service reads the file when it starts:
\`sudo systemctl restart pressel\`.

In the tables, a value in quotes is a text and has to be written with them; \`[]\` is an empty list.`;

function index(): string {
  const names = [BOARD_KEY, ...SETTINGS.keys()];
  return `Sections: ${names.map((name) => `[${name}](#${name.replaceAll('.', '')})`).join(', ')}.`;
}

function boards(): string {
  const rows = BOARD_NAMES.map((name) => [`\`"${name}"\``, BOARD_PROFILES[name].description, boardDefaults(name)]);
  return `## \`${BOARD_KEY}\`

What is plugged onto the computer. It stands above all sections, and changes defaults and nothing else: each of these
settings can still be given. In the environment: \`${BOARD_VARIABLE}\`. Without it: \`"none"\`.

${table(['board', 'what it is', 'defaults that it changes'], rows)}`;
}

function boardDefaults(name: BoardName): string {
  const changed = Object.entries(BOARD_PROFILES[name].settings).flatMap(([section, values]) =>
    Object.entries(values).map(([key, value]) => `\`${section}.${key} = ${tomlLiteral(value as TomlValue)}\``),
  );
  return changed.length === 0 ? 'none' : changed.join(', ');
}

function sectionReference(section: string, keys: readonly string[]): string {
  const rows = keys.map((key) => [
    `\`${key}\``,
    codeIn(expectedOf(section, key)),
    shownDefault(section, key),
    codeIn(settingMeaning(section, key)),
  ]);
  const [first = ''] = keys;
  return `## \`[${section}]\`

${codeIn(sectionMeaning(section))}

In the environment: \`${variableName(section, first)}\`${keys.length > 1 ? ' and so on' : ''}.

${table(['key', 'value', 'default', 'meaning'], rows)}`;
}
