import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { BOARD_KEY } from './boardSetting.js';
import { SETTINGS } from './config.js';
import { hint, type Layer, nearestSection, nearestSettings } from './givenSetting.js';
import { nearestName } from './nearestName.js';

type Table = AST.TOMLTopLevelTable | AST.TOMLTable | AST.TOMLInlineTable;

/** Reads the settings of a configuration file with the lines they stand on. Never throws: it complains. */
export function readToml(file: string, source: string): Layer {
  try {
    const document = parseTOML(source.replace(/^\uFEFF/, ''));
    return [...readTable(document.body[0], [], file)];
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    // The parser counts columns from 0; editors and people from 1.
    const where = `${file}:${error.lineNumber}:${error.column + 1}`;
    return [{ problem: `${where}: not valid TOML: ${error.message}` }];
  }
}

function* readTable(table: Table, path: readonly string[], file: string): Generator<Layer[number]> {
  for (const entry of table.body) {
    const line = entry.loc.start.line;
    const where = `${file}:${line}`;
    const name = [...path, ...getStaticTOMLValue(entry.key)];
    const contents = entry.type === 'TOMLTable' ? entry : entry.value;
    const isTable = contents.type === 'TOMLTable' || contents.type === 'TOMLInlineTable';
    const isSection = entry.type === 'TOMLTable' || name.length === 1 || SETTINGS.has(name.join('.'));
    if (isTable && isSection) {
      const problem = sectionProblem(name, entry.type === 'TOMLTable' && entry.kind === 'array');
      if (problem) yield { problem: `${where}: ${problem}` };
      else yield* readTable(contents, name, file);
    } else if (entry.type === 'TOMLKeyValue') {
      const value = getStaticTOMLValue(entry.value);
      if (name.length === 1 && name[0] === BOARD_KEY) {
        yield { board: value, origin: `file:${line}`, where };
        continue;
      }
      const problem = nameProblem(name, value);
      const [section, key = ''] = [name.slice(0, -1).join('.'), name.at(-1)];
      if (problem) yield { problem: `${where}: ${problem}` };
      else yield { section, key, value, origin: `file:${line}`, where, isText: false };
    }
  }
}

/** What an unknown key outside of tables may mean. */
function nearestTopLevel(key: string): readonly string[] {
  const board = nearestName(key, [BOARD_KEY]);
  return board === undefined ? nearestSettings('', key) : [board];
}

/** What is wrong with a table's header. Its keys are then not looked at: one mistake, one complaint. */
function sectionProblem(header: readonly string[], isList: boolean): string | undefined {
  const [outermost = ''] = header;
  if (outermost === BOARD_KEY)
    return 'board: expected a name (board = "respeaker-2mic") above all tables, found a table';
  const section = header.join('.');
  if (SETTINGS.has(section)) {
    return isList ? `expected a table ([${section}]), found a list of tables ([[${section}]])` : undefined;
  }
  const meant = nearestSection(section) ?? sectionAround(header) ?? nearestSection(outermost);
  return `unknown section "${section}"${hint([meant])}`;
}

/** What is wrong with the name of a setting. */
function nameProblem(name: readonly string[], value: unknown): string | undefined {
  const [full, section, key = ''] = [name.join('.'), name.slice(0, -1).join('.'), name.at(-1)];
  if (SETTINGS.has(full)) return `${full}: expected a table ([${full}]), found ${JSON.stringify(value)}`;
  if (name.length === 1) return `unknown key "${key}"${hint(nearestTopLevel(key))}`;
  if (SETTINGS.get(section)?.includes(key)) return undefined;
  const meantHere = settingWithin(name);
  if (meantHere) {
    const header = name.slice(0, -meantHere.length).join('.');
    const [own, last] = [meantHere.slice(0, -1).join('.'), meantHere.at(-1)];
    return `unknown key "${full}": what is written below [${header}] is part of it; write "${last}" below [${own}]`;
  }
  const within = sectionAround(name);
  if (within === undefined) return sectionProblem(name.slice(0, -1), false);
  const inner = typeof value === 'object' ? full : section;
  const meant = inner === within ? undefined : nearestName(inner, innerSections(within));
  if (meant !== undefined) return `unknown section "${inner}"${hint([meant])}`;
  const [missed = ''] = name.slice(within.split('.').length);
  return `unknown key "${full}"${hint(nearestSettings(within, missed))}`;
}

/** The whole name of a setting, as the guides have it, that was written below another section's header. */
function settingWithin(name: readonly string[]): readonly string[] | undefined {
  return name
    .map((_, from) => name.slice(from))
    .find(
      (rest) => rest.length < name.length && SETTINGS.get(rest.slice(0, -1).join('.'))?.includes(rest.at(-1) ?? ''),
    );
}

/** The innermost section that `name` is in. */
function sectionAround(name: readonly string[]): string | undefined {
  return name.map((_, end) => name.slice(0, end + 1).join('.')).findLast((section) => SETTINGS.has(section));
}

function innerSections(outer: string): readonly string[] {
  return [...SETTINGS.keys()].filter((section) => section.startsWith(`${outer}.`));
}
