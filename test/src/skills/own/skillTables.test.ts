import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { problemLine } from '../../../../src/skills/own/skillProblem.js';
import { readSkillTables } from '../../../../src/skills/own/skillTables.js';

const GOOD =
  '[exec.water]\ndescription = "Waters."\npatterns = ["water the {plant}"]\ncommand = ["water", "{plant}"]\n';

const linesOf = (source: string) => readSkillTables('x.toml', source).problems.map(problemLine);

suite('a table of skills.d', () => {
  test('has defaults for all that is not said', () => {
    const { tables, problems } = readSkillTables(
      'x.toml',
      `${GOOD}[mcp.house]\ncommand = ["server"]\n[mcp.house.env]\nA = "1"`,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      tables.map(({ kind, name, where }) => ({ kind, name, where })),
      [
        { kind: 'exec', name: 'water', where: 'x.toml:1' },
        { kind: 'mcp', name: 'house', where: 'x.toml:5' },
      ],
    );
    assert.deepEqual(tables[0]?.table, {
      description: 'Waters.',
      patterns: ['water the {plant}'],
      command: ['water', '{plant}'],
      tool: false,
      timeout_ms: 5000,
      working_folder: '/',
      env: {},
    });
    assert.deepEqual(tables[1]?.table.env, { A: '1' });
  });

  const cases: readonly (readonly [string, string, string])[] = [
    ['an unknown key', `${GOOD}timeout = 3`, 'x.toml:5: unknown key "exec.water.timeout"; did you mean "timeout_ms"?'],
    [
      'a value out of range',
      `${GOOD}timeout_ms = 1`,
      'x.toml:5: exec.water.timeout_ms: expected a whole number from 100 to 120000 (ms), found 1',
    ],
    [
      'a command line as one text',
      '[mcp.a]\ncommand = "ls -l"',
      'x.toml:2: mcp.a.command: expected a list of texts: the program and its arguments, each a text of its own, found "ls -l"',
    ],
    [
      'a program that is a slot',
      '[mcp.a]\ncommand = ["{x}"]',
      'x.toml:2: mcp.a.command: expected a list of texts: the program and its arguments, each a text of its own; the program has no slots',
    ],
    [
      'no command',
      '[mcp.a]',
      'x.toml:1: mcp.a.command: expected a list of texts: the program and its arguments, each a text of its own, found nothing',
    ],
    ['an unknown kind', '[exe.water]', 'x.toml:1: unknown table "exe"; did you mean "exec"?'],
    ['a table without a name', '[exec]\ncommand = ["ls"]', 'x.toml:1: exec.: expected a name of small letters'],
    [
      'a list of tables',
      '[[exec]]\ncommand = ["ls"]',
      'x.toml:1: exec: expected a table with a name ([exec.NAME]), found a list of tables',
    ],
    ['a key above all tables', 'command = ["ls"]', 'x.toml:1: unknown key "command"'],
    ['what is no TOML', '[exec.water]]', 'x.toml:1: not valid TOML'],
    [
      'a skill that nobody can ask for',
      '[exec.a]\ndescription = "A."\ncommand = ["ls"]',
      'x.toml:1: exec.a.patterns: expected at least one pattern, or tool = true',
    ],
  ];
  for (const [what, source, line] of cases) {
    test(`with ${what} is told with its file, its line and what was expected`, () => {
      const lines = linesOf(source);
      assert.equal(lines.length, 1, lines.join('\n'));
      assert.ok(lines[0]?.startsWith(line), lines[0]);
    });
  }

  test('with a mistake does not cost the others', () => {
    const { tables, problems } = readSkillTables('x.toml', `[mcp.bad]\n${GOOD}`);
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['water'],
    );
    assert.equal(problems.length, 1);
  });
});
