import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { BOARD_KEY } from './boardSetting.js';
import { SETTINGS } from './config.js';
import { hint, type Layer, nearestSettings } from './givenSetting.js';
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
    if (isTable && (entry.type === 'TOMLTable' || name.length === 1)) {
      const problem = sectionProblem(name, entry.type === 'TOMLTable' && entry.kind === 'array');
      if (problem) yield { problem: `${where}: ${problem}` };
      else yield* readTable(contents, name, file);
    } else if (entry.type === 'TOMLKeyValue') {
      const [section = '', key = ''] = name;
      const value = getStaticTOMLValue(entry.value);
      if (name.length === 1 && section === BOARD_KEY) {
        yield { board: value, origin: `file:${line}`, where };
        continue;
      }
      const problem = nameProblem(name, value);
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
  const [section = '', ...deeper] = header;
  if (section === BOARD_KEY) return 'board: expected a name (board = "respeaker-2mic") above all tables, found a table';
  if (!SETTINGS.has(section)) {
    return `unknown section "${section}"${hint([nearestName(section, [...SETTINGS.keys()])])}`;
  }
  if (deeper.length > 0) return `unknown section "${header.join('.')}"${hint([section])}`;
  return isList ? `expected a table ([${section}]), found a list of tables ([[${section}]])` : undefined;
}

/** What is wrong with the name of a setting. */
function nameProblem(name: readonly string[], value: unknown): string | undefined {
  const [section = '', key, ...deeper] = name;
  if (key === undefined) {
    if (SETTINGS.has(section)) return `${section}: expected a table ([${section}]), found ${JSON.stringify(value)}`;
    return `unknown key "${section}"${hint(nearestTopLevel(section))}`;
  }
  if (!SETTINGS.has(section)) return sectionProblem([section], false);
  if (deeper.length === 0 && SETTINGS.get(section)?.includes(key)) return undefined;
  return `unknown key "${name.join('.')}"${hint(nearestSettings(section, key))}`;
}
