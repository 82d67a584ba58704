import { ConfigError } from '../../config/configError.js';
import { checkedConfig } from '../../config/loadConfig.js';
import { readToml } from '../../config/tomlFile.js';
import { readSkillTables } from '../../skills/own/skillTables.js';
import { wrongDefaults } from './checkDefaults.js';
import { wrongDefault } from './defaultValue.js';
import { unmarkedSpans } from './document.js';
import type { Finding } from './finding.js';
import type { SettingNames } from './settingNames.js';
import { statedDefaults } from './statedDefaults.js';

/** `key = value   # comment`, and whether it is switched off by a "#" of its own. */
const SETTING = /^(#\s?)?((?:[a-z_]+\.)*[a-z_]+)\s*=\s*((?:"(?:\\.|[^"])*"|\[[^\]]*\]|[^\s#])+)\s*(?:#\s*(.*))?$/;

/** Marks a line that is switched off and shows something else than the default. */
const EXAMPLE = /^for example\b/i;

/** A configuration in TOML, and where it stands. */
export interface TomlText {
  readonly file: string;
  readonly text: string;
  /** Of its first line. */
  readonly line: number;
  /** Its lines that are switched off show defaults. */
  readonly showsDefaults: boolean;
}

/**
 * Finds what the product's own readers complain about, also in lines that are switched off, and defaults that comments state
 * wrongly. Tables of skills (`[exec.NAME]`) are read as such.
 */
export function checkToml(toml: TomlText, names: SettingNames): Finding[] {
  const { file, text, line } = toml;
  // So that complaints name the lines of the document.
  const placed = '\n'.repeat(line - 1) + text;
  if (/^\s*\[(exec|mcp)\./m.test(text)) {
    return readSkillTables(file, placed).problems.map(({ where, what }) => finding(`${where}: ${what}`, file));
  }
  return [...problemsOf(placed, file).map((problem) => finding(problem, file)), ...lineFindings(toml, names)];
}

function problemsOf(source: string, file: string): readonly string[] {
  try {
    checkedConfig(file, readToml(file, source));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

function* lineFindings({ file, text, line: first, showsDefaults }: TomlText, names: SettingNames): Generator<Finding> {
  let section = '';
  for (const [index, source] of text.split('\n').entries()) {
    const line = first + index;
    section = /^\s*(?:#\s?)?\[([\w.]+)\]/.exec(source)?.[1] ?? section;
    const [, off, key = '', value = '', comment = ''] = SETTING.exec(source.trim()) ?? [];
    if (key === '') continue;
    const name = section === '' || key.includes('.') ? key : `${section}.${key}`;
    const setting = names.named(`${name} = `);
    if (off !== undefined) {
      const problem = names.problem(`${name} = ${value}`) ?? (setting ? undefined : `unknown key "${name}"`);
      if (problem !== undefined) yield { file, line, what: problem };
    }
    if (setting === undefined) continue;
    const isDefault = /^(?:the )?default\.?$/i.test(comment) || (showsDefaults && off !== undefined);
    const wrong = isDefault && !EXAMPLE.test(comment) ? wrongDefault(setting, value) : undefined;
    if (wrong !== undefined) yield { file, line, what: wrong };
    const prose = { kind: 'prose' as const, spans: unmarkedSpans(comment, line) };
    yield* wrongDefaults(file, statedDefaults(prose, [setting], names));
  }
}

/** A complaint of a reader, "README.md:12:3: what", as a finding. */
function finding(problem: string, file: string): Finding {
  const [, line = '1', what = problem] = /^[^\s]*?:(\d+)(?::\d+)?: (.*)$/s.exec(problem) ?? [];
  return { file, line: Number(line), what };
}
