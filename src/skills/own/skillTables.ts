import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { z } from 'zod';
import { show } from '../../config/checkSetting.js';
import { text, textThat, whole } from '../../config/fieldKinds.js';
import { didYouMean } from '../../config/nearestName.js';
import type { SkillProblem } from './skillProblem.js';

/** Text that can be handed to a program. */
const argument = z
  .string({ error: 'a text' })
  .refine((value) => !value.includes('\0'), { error: 'a text without NUL' });

const COMMAND = 'a list of texts: the program and its arguments, each a text of its own';

const command = z
  .array(argument, { error: COMMAND })
  .min(1, { error: COMMAND })
  .refine(([program]) => program !== undefined && program.trim() !== '' && !program.includes('{'), {
    error: `${COMMAND}; the program has no slots`,
  });

const env = z
  .record(z.string().regex(/^[A-Za-z_]\w*$/), argument, { error: 'a table of texts such as { LANG = "C" }' })
  .default({})
  .describe('Variables of its environment, beside PATH, HOME, LANG and the like.');

const workingFolder = textThat('the path of a folder, beginning with "/"', (value) => value.startsWith('/'))
  .default('/')
  .describe('Where the program runs.');

const timeoutMs = (standard: number) => whole({ min: 100, max: 120_000, unit: 'ms' }).default(standard);

/** `[exec.NAME]`: a program that answers. */
export const execTable = z
  .strictObject({
    description: text('one sentence that says what it does').describe('For the chat model.'),
    patterns: z
      .array(text('a text'), { error: 'a list of texts such as ["water the {plant}"]' })
      .default([])
      .describe('Whole utterances: words with slots, or a regular expression between slashes.'),
    command: command.describe('The program and its arguments. {slot} stands for what was said.'),
    tool: z.boolean({ error: 'true or false' }).default(false).describe('Whether the chat model may run it, too.'),
    timeout_ms: timeoutMs(5000).describe('It has so long, and is then ended.'),
    working_folder: workingFolder,
    env,
  })
  .refine(({ patterns, tool }) => tool || patterns.length > 0, {
    error: 'at least one pattern, or tool = true: nobody can ask for it',
    path: ['patterns'],
  });

/** `[mcp.NAME]`: a server of the Model Context Protocol, spoken to over its standard input and output. */
export const mcpTable = z.strictObject({
  command: command.describe('The program and its arguments.'),
  tools: z
    .array(text('the name of a tool'), { error: 'a list of names' })
    .optional()
    .describe('Only these of its tools; unset: all, as far as there is room.'),
  timeout_ms: timeoutMs(10_000).describe('A tool has so long to answer.'),
  working_folder: workingFolder,
  env,
});

const KINDS = { exec: execTable, mcp: mcpTable };
export type ExecTable = z.output<typeof execTable>;
export type McpTable = z.output<typeof mcpTable>;

/** A table that is right in itself. */
export type SkillTable = { readonly name: string; readonly where: string } & (
  | { readonly kind: 'exec'; readonly table: ExecTable }
  | { readonly kind: 'mcp'; readonly table: McpTable }
);

export interface SkillTables {
  readonly tables: readonly SkillTable[];
  readonly problems: readonly SkillProblem[];
}

/** Names in routes, and of tools. */
export const SKILL_NAME = /^[a-z][a-z0-9-]{0,31}$/;
export const NAME_RULE = 'small letters, figures and "-", at most 32, such as "water-plants"';

const EXPECTED = 'expected tables [exec.NAME] and [mcp.NAME] only';

/** Reads a `skills.d/*.toml`. Never throws: a table with a mistake is left out, with a line for each of its mistakes. */
export function readSkillTables(file: string, source: string): SkillTables {
  const problems: SkillProblem[] = [];
  const tables: SkillTable[] = [];
  const complain = (line: number, what: string, remedy: string) =>
    problems.push({ where: `${file}:${line}`, what, remedy, isSkipped: true });
  try {
    const [document] = parseTOML(source.replace(/^\uFEFF/, '')).body;
    for (const found of tablesIn(document)) {
      if ('stray' in found) {
        complain(found.line, `unknown key "${found.stray}"`, `${capital(EXPECTED)}.`);
        continue;
      }
      const read = readTable(found);
      if ('table' in read) tables.push({ ...read.table, where: `${file}:${found.line}` });
      else for (const { line, what } of read.mistakes) complain(line, what, 'Correct it and start again.');
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    complain(error.lineNumber, `not valid TOML: ${error.message}`, 'Correct it and start again.');
  }
  return { tables, problems };
}

/** A table with the lines on which its keys stand. */
interface FoundTable {
  readonly line: number;
  readonly path: readonly string[];
  readonly values: Map<string, { readonly value: unknown; readonly line: number }>;
}

function tablesIn(document: AST.TOMLTopLevelTable): (FoundTable | { readonly stray: string; readonly line: number })[] {
  const found = new Map<string, FoundTable>();
  const strays: { stray: string; line: number }[] = [];
  const tableAt = (path: readonly string[], line: number): FoundTable => {
    const known = found.get(path.join('.'));
    const table = known ?? { line, path, values: new Map() };
    found.set(path.join('.'), table);
    return table;
  };
  for (const entry of document.body) {
    const { line } = entry.loc.start;
    if (entry.type === 'TOMLKeyValue') {
      strays.push({ stray: getStaticTOMLValue(entry.key).join('.'), line });
      continue;
    }
    const [kind = '', name = '', ...deeper] = getStaticTOMLValue(entry.key).map(String);
    const table = tableAt([kind, name], line);
    if (entry.kind === 'array') table.values.set('', { value: undefined, line });
    // [exec.water.env] is the key "env" of [exec.water].
    if (deeper.length > 0) {
      const pairs = entry.body.map((pair) => [getStaticTOMLValue(pair.key).join('.'), getStaticTOMLValue(pair.value)]);
      table.values.set(deeper.join('.'), { value: Object.fromEntries(pairs), line });
      continue;
    }
    for (const pair of entry.body) {
      const key = getStaticTOMLValue(pair.key).join('.');
      table.values.set(key, { value: getStaticTOMLValue(pair.value), line: pair.loc.start.line });
    }
  }
  return [...strays, ...found.values()];
}

interface Mistake {
  readonly line: number;
  readonly what: string;
}
type Unplaced =
  | { readonly kind: 'exec'; readonly name: string; readonly table: ExecTable }
  | { readonly kind: 'mcp'; readonly name: string; readonly table: McpTable };

function readTable(found: FoundTable): { readonly table: Unplaced } | { readonly mistakes: readonly Mistake[] } {
  const [kind = '', name = ''] = found.path;
  const here = (what: string) => ({ mistakes: [{ line: found.line, what }] });
  const isList = found.values.has('');
  if (kind !== 'exec' && kind !== 'mcp') {
    return here(`unknown table "${kind}"${didYouMean(kind, Object.keys(KINDS))}; ${EXPECTED}`);
  }
  if (isList) return here(`${kind}: expected a table with a name ([${kind}.NAME]), found a list of tables`);
  if (!SKILL_NAME.test(name)) return here(`${kind}.${name}: expected a name of ${NAME_RULE}, found ${show(name)}`);
  const mistakes = [...unknownKeys(found, Object.keys(KINDS[kind].shape))];
  const values = Object.fromEntries([...found.values].map(([key, { value }]) => [key, value]));
  const checked = kind === 'exec' ? execTable.safeParse(values) : mcpTable.safeParse(values);
  for (const issue of checked.error?.issues ?? []) {
    if (issue.code !== 'unrecognized_keys') mistakes.push(wrongValue(found, issue));
  }
  if (mistakes.length > 0 || !checked.success) return { mistakes };
  // Each kind was checked by its own schema.
  return { table: { kind, name, table: checked.data } as Unplaced };
}

function* unknownKeys(found: FoundTable, known: readonly string[]): Generator<Mistake> {
  for (const [key, { line }] of found.values) {
    if (known.includes(key)) continue;
    yield { line, what: `unknown key "${[...found.path, key].join('.')}"${didYouMean(key, known)}` };
  }
}

function wrongValue(found: FoundTable, issue: { path: readonly PropertyKey[]; message: string }): Mistake {
  const [key = '', ...inside] = issue.path.map(String);
  const given = found.values.get(key);
  const name = [...found.path, key].join('.');
  if (!given) return { line: found.line, what: `${name}: expected ${issue.message}, found nothing` };
  const part = inside.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    given.value,
  );
  return { line: given.line, what: `${name}: expected ${issue.message}, found ${show(part)}` };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
