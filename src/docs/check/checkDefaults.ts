import { BOARD_KEY } from '../../config/boardSetting.js';
import { SETTINGS } from '../../config/config.js';
import { wrongDefault } from './defaultValue.js';
import { type Document, type Prose, plainText, type Table } from './document.js';
import type { Finding } from './finding.js';
import type { NamedSetting, SettingNames } from './settingNames.js';
import { type StatedDefault, statedDefaults } from './statedDefaults.js';

/**
 * Finds defaults that are not those of the schema, and those that are stated so that nobody can tell: in sentences, and in
 * tables that have a column "default", under a heading such as `[llm]` or with full names.
 */
export function checkDefaults(document: Document, names: SettingNames): Finding[] {
  let section: string | undefined;
  return document.blocks.flatMap((block) => {
    if (block.kind === 'heading') section = block.prose.spans.map(({ text }) => names.section(text)).find(Boolean);
    const stated =
      block.kind === 'prose'
        ? statedDefaults(block, [], names)
        : block.kind === 'table'
          ? inTable(block, section, names)
          : [];
    return wrongDefaults(document.file, stated);
  });
}

/** Those that the schema does not bear out. */
export function wrongDefaults(file: string, defaults: readonly StatedDefault[]): Finding[] {
  return defaults.flatMap(({ setting, stated, line }) => {
    const what = !setting ? nameless(stated) : stated === undefined ? unclear(setting) : wrongDefault(setting, stated);
    return what === undefined ? [] : [{ file, line, what }];
  });
}

function inTable(table: Table, section: string | undefined, names: SettingNames): StatedDefault[] {
  const heads = table.head.map((cell) => settingsIn(cell, names));
  const column = table.head.findIndex((cell) => plainText(cell).trim().toLowerCase() === 'default');
  return table.rows.flatMap((row) => {
    const inRow = row.flatMap((cell) => settingsIn(cell, names));
    const inCells = row.flatMap((cell, index) =>
      index === column ? [] : statedDefaults(cell, [...(heads[index] ?? []), ...inRow], names),
    );
    const [key] = row;
    const cell = row[column];
    const setting = key && (settingsIn(key, names)[0] ?? keyOf(key, section));
    if (setting === undefined || cell === undefined) return inCells;
    return [...inCells, { setting, stated: plainText(cell).trim(), line: cell.spans[0]?.line ?? 1 }];
  });
}

/** The setting of the first cell, under the heading of its section. */
function keyOf(cell: Prose, section: string | undefined): NamedSetting | undefined {
  const key = plainText(cell).trim();
  if (key === BOARD_KEY) return { section: '', key };
  return section !== undefined && SETTINGS.get(section)?.includes(key) ? { section, key } : undefined;
}

function settingsIn({ spans }: Prose, names: SettingNames): NamedSetting[] {
  return spans.flatMap(({ text, isCode }) => (isCode ? (names.named(text) ?? []) : []));
}

function nameless(stated: string | undefined): string {
  return `"${stated} (default)" does not name its setting: name it in the sentence or in the head of the column`;
}

function unclear({ section, key }: NamedSetting): string {
  const name = section === '' ? key : `${section}.${key}`;
  return `cannot tell which default of ${name} is meant: write "(default VALUE)" or "VALUE by default"`;
}
