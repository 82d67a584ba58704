import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ANSWER_TIMEOUT_MS } from '../../../../src/skills/own/guardedSkill.js';
import { IMPORT_TIMEOUT_MS } from '../../../../src/skills/own/importSkill.js';
import { openOwnSkills } from '../../../../src/skills/own/openOwnSkills.js';
import { problemLine } from '../../../../src/skills/own/skillProblem.js';
import { timeSkill } from '../../../../src/skills/timeSkill.js';
import { answerOf, monday } from '../../../fixtures/askSkill.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';
import { WatchedClock } from '../../../fixtures/watchedClock.js';

const GUIDE = fileURLToPath(new URL('../../../../../docs/skills.md', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../../../../../deploy/skills.d', import.meta.url));

/** Opens `skills.d` with these files. */
async function opened(t: TestContext, files: Readonly<Record<string, string>>, clock = new WatchedClock()) {
  const folder = path.join(temporaryFolder(t), 'skills.d');
  mkdirSync(folder);
  for (const [name, source] of Object.entries(files)) writeFileSync(path.join(folder, name), source, { mode: 0o644 });
  return { folder, ...(await openFolder(t, folder, clock)) };
}

async function openFolder(t: TestContext, folder: string, clock = new WatchedClock()) {
  const failures: string[] = [];
  const own = await openOwnSkills({
    folder,
    builtIn: [timeSkill],
    startsServers: false,
    env: process.env,
    clock,
    onFailure: (name, message, error) => failures.push(`${name}: ${message}${error === undefined ? '' : ` ${error}`}`),
  });
  t.after(() => own.close());
  const lines = own.problems.map((problem) => problemLine(problem).replaceAll(`${folder}/`, ''));
  const skillOf = (name: string) => {
    const skill = own.skills.find((one) => one.name === name);
    assert.ok(skill, lines.join('\n'));
    return skill;
  };
  return { own, failures, lines, clock, skillOf };
}

const skill = (members: string) =>
  `export default { name: 'tea', description: 'Makes tea.', patterns: ['make tea'], run: () => 'Tea.', ${members} };`;

suite("the owner's skills", () => {
  test('are none where there is no folder', async (t) => {
    const { own, lines } = await openFolder(t, '/no/such/folder');
    assert.deepEqual([own.skills, own.tools, lines], [[], [], []]);
  });

  test('of the example in deploy/ answer', async (t) => {
    const { own, lines, skillOf } = await openFolder(t, EXAMPLES);
    assert.deepEqual(lines, []);
    const names = own.skills.map(({ name }) => name);
    assert.deepEqual(names, ['days-until', 'load']);
    assert.deepEqual(
      own.tools.map(({ name }) => name),
      names,
    );
    const daysUntil = skillOf('days-until');
    assert.equal(await answerOf(daysUntil, 'How many days until Christmas?'), '32 days.');
    const feast = { ...monday, now: new Date('2026-12-25T23:30:00Z'), timeZone: 'Europe/Lisbon' };
    assert.equal(await answerOf(daysUntil, 'How long is it till christmas', feast), 'It is today!');
    assert.equal(
      await answerOf(daysUntil, 'How many days until Christmas?', { ...feast, timeZone: 'Asia/Tokyo' }),
      '364 days.',
    );
    assert.equal(daysUntil.understand('how many days until the end of the world'), undefined);
    assert.match(String(await answerOf(skillOf('load'), 'How busy are you?')), /^\d+\.\d+$/);
  });

  test('of the guide work', async (t) => {
    const guide = readFileSync(GUIDE, 'utf8');
    const example = (kind: string) =>
      new RegExp(`\`\`\`${kind}\\n(\\[exec.*?|export.*?)\`\`\``, 's').exec(guide)?.[1] ?? '';
    const { lines, skillOf } = await opened(t, { 'tea.mjs': example('js'), 'water.toml': example('toml') });
    assert.equal(await answerOf(skillOf('tea'), 'How long does green tea draw?'), 'Two minutes.');
    assert.deepEqual(skillOf('water').understand('give the fern a drink')?.args, { plant: 'the fern' });
    assert.match(lines.join(), /^water\.toml:1: exec\.water: \/usr\/local\/bin\/water is not there/);
  });

  test('may say what they understand, and describe their arguments by a JSON Schema', async (t) => {
    const schema = '{ type: "object", properties: { cups: { type: "integer", maximum: 9 } }, required: ["cups"] }';
    const source = skill(
      `patterns: undefined, args: ${schema}, understand: (words) => words === 'tea for two' ? { cups: 2 } : undefined, run: ({ cups }) => cups + ' cups.'`,
    );
    const { own, skillOf } = await opened(t, { 'tea.mjs': source });
    assert.equal(await answerOf(skillOf('tea'), 'Tea for two!'), '2 cups.');
    assert.equal(skillOf('tea').understand('tea for three'), undefined);
    assert.equal(skillOf('tea').args.safeParse({ cups: 10 }).success, false);
    assert.deepEqual(z.toJSONSchema(own.tools[0]?.args ?? z.never()).required, ['cups']);
  });

  test('are for the chat model only, or for utterances only, as they say', async (t) => {
    const { own } = await opened(t, {
      'a.mjs': skill("name: 'a', tool: false"),
      'b.mjs': skill("name: 'b', patterns: []"),
      'c.toml': '[exec.c]\ndescription = "C."\npatterns = ["see"]\ncommand = ["true"]',
    });
    assert.deepEqual(
      own.skills.map(({ name }) => name),
      ['a', 'c'],
    );
    assert.deepEqual(
      own.tools.map(({ name }) => name),
      ['b'],
    );
  });

  const broken: readonly (readonly [string, string, RegExp])[] = [
    [
      'cannot be parsed',
      'const tea = 1;\nexport default {',
      /^x\.mjs:2: is no valid JavaScript module: .*\(skipped\)\. Correct/,
    ],
    ['throw', 'throw new Error("no kettle")', /^x\.mjs: threw while it was imported: no kettle/],
    ['need what is not there', 'import "./kettle.js"', /^x\.mjs: threw while it was imported: Cannot find module/],
    ['export nothing', 'const tea = 1;', /^x\.mjs: expected a skill as its default export, found none/],
    ['throw while they are made', 'export default () => { throw new Error("no z") }', /its default export threw: no z/],
    ['have no run()', skill('run: undefined'), /^x\.mjs: run: expected a function, found nothing/],
    ['have no description', skill('description: ""'), /description: expected a sentence, found ""/],
    ['have a name with spaces', skill('name: "my tea"'), /name: expected small letters.*found "my tea"/],
    ['have a misspelt member', skill('pattern: ["tea"]'), /unknown member "pattern"; did you mean "patterns"\?/],
    ['have a pattern that cannot match', skill('patterns: ["tea please"]'), /patterns: "tea please" can never match/],
    ['describe their arguments as something else', skill('args: ["cups"]'), /args: expected a type of zod 4/],
    ['match whatever is said', skill('patterns: ["{anything}"]'), /patterns: \{anything\} matches whatever is said/],
    ['match who says nothing', skill('patterns: [/(?:tea)?/]'), /patterns: \/\(\?:tea\)\?\/ matches who says nothing/],
    [
      'have the name of a built-in one',
      skill('name: "time"'),
      /the name "time" is taken by a built-in skill \(skipped\)/,
    ],
  ];
  for (const [what, source, line] of broken) {
    test(`that ${what} are reported and skipped, and the others work`, async (t) => {
      const { own, lines, skillOf } = await opened(t, { 'x.mjs': source, 'y.mjs': skill("name: 'good'") });
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', line);
      assert.equal(own.skills.length, 1);
      assert.equal(await answerOf(skillOf('good'), 'make tea'), 'Tea.');
    });
  }

  test('may be CommonJS, or compiled to it, or an ES module by any name', async (t) => {
    const { lines, skillOf } = await opened(t, {
      'a.js': skill("name: 'common'").replace('export default', 'module.exports ='),
      'b.cjs': skill("name: 'old'").replace('export default', 'module.exports ='),
      'c.js': `Object.defineProperty(exports, '__esModule', { value: true });\n${skill("name: 'compiled'").replace('export default', 'exports.default =')}`,
      'd.js': skill("name: 'modern'"),
    });
    for (const name of ['common', 'old', 'compiled']) assert.equal(await answerOf(skillOf(name), 'make tea'), 'Tea.');
    // Before Node 20.19 it cannot be imported, and is told how to be.
    if (lines.length > 0) assert.match(lines.join(), /^d\.js.*\(skipped\)\. Call it \.mjs/);
    else assert.equal(await answerOf(skillOf('modern'), 'make tea'), 'Tea.');
  });

  test('whose words a built-in one answers are told so', async (t) => {
    const { lines, own } = await opened(t, { 'a.mjs': skill("patterns: ['what time is it', 'make tea']") });
    assert.deepEqual(lines, [
      'a.mjs: tea: "what time is it" is answered by the built-in skill "time". Choose other words.',
    ]);
    assert.equal(own.skills.length, 1);
  });

  test('that are no files, or much too long, are not read', async (t) => {
    const { folder } = await opened(t, { 'big.toml': '' });
    mkdirSync(path.join(folder, 'x.js'));
    symlinkSync('loop.mjs', path.join(folder, 'loop.mjs'));
    truncateSync(path.join(folder, 'big.toml'), 1e9);
    const { lines } = await openFolder(t, folder);
    assert.deepEqual(lines, [
      'big.toml: has 1000000000 bytes, more than 1000000 (skipped). Keep its data in a file beside it.',
      'loop.mjs: cannot be read (ELOOP) (skipped). Make it a file that this user may read.',
      'x.js: is no file (skipped). Move it out of this folder, or give it another name.',
    ]);
  });

  test('in a folder that anyone may write are not run', async (t) => {
    const { folder } = await opened(t, { 'x.mjs': skill('') });
    chmodSync(folder, 0o777);
    const { own, lines } = await openFolder(t, folder);
    assert.equal(own.skills.length, 0);
    assert.match(lines[0] ?? '', /may be written by every user of this computer \(skipped\)/);
  });

  test('of one name: the first stays', async (t) => {
    const { lines, skillOf } = await opened(t, { 'a.mjs': skill(''), 'b.mjs': skill("run: () => 'Other.'") });
    assert.match(lines[0] ?? '', /^b\.mjs: the name "tea" is taken by .*a\.mjs/);
    assert.equal(await answerOf(skillOf('tea'), 'make tea'), 'Tea.');
  });

  test('that take long to import do not hold up the start', async (t) => {
    const clock = new WatchedClock();
    clock.set(IMPORT_TIMEOUT_MS).then(() => clock.increment(IMPORT_TIMEOUT_MS));
    const { lines } = await opened(t, { 'x.mjs': 'await new Promise(() => {});' }, clock);
    assert.match(lines[0] ?? '', /^x\.mjs: its import has not ended after 2 s \(skipped\)/);
  });

  test('that anyone may write are not run', async (t) => {
    const { folder } = await opened(t, { 'x.mjs': skill('') });
    chmodSync(path.join(folder, 'x.mjs'), 0o666);
    const { own, lines } = await openFolder(t, folder);
    assert.equal(own.skills.length, 0);
    assert.match(lines[0] ?? '', /^x\.mjs: may be written by every user of this computer \(skipped\)\. Run: chmod o-w/);
  });

  test('whose program is missing are there, with a warning', async (t) => {
    const source = '[exec.c]\ndescription = "C."\npatterns = ["see"]\ncommand = ["/no/such/program"]';
    const { lines, own } = await opened(t, { 'c.toml': source });
    assert.deepEqual(lines, [
      'c.toml:1: exec.c: /no/such/program is not there. Install it, or give its whole path in command.',
    ]);
    assert.equal(own.skills.length, 1);
  });
});

suite('a program of the owner', () => {
  const table = (rest: string) => `[exec.c]\ndescription = "C."\npatterns = ["see"]\n${rest}`;

  test('may be a path that begins at its working folder', async (t) => {
    const { lines, skillOf } = await opened(t, { 'c.toml': table('command = ["bin/true"]\nworking_folder = "/usr"') });
    assert.deepEqual(lines, []);
    assert.equal(await answerOf(skillOf('c'), 'see'), 'Done.');
  });

  test('is warned of a working folder that is not there', async (t) => {
    const { lines } = await opened(t, { 'c.toml': table('command = ["true"]\nworking_folder = "/no/such"') });
    assert.deepEqual(lines, ['c.toml:1: exec.c.working_folder: /no/such is not there. Run: mkdir -p /no/such']);
  });

  test('is warned when it may not be run', async (t) => {
    const { folder } = await opened(t, {});
    writeFileSync(path.join(folder, 'water'), '#!/bin/sh\n', { mode: 0o644 });
    writeFileSync(path.join(folder, 'c.toml'), table(`command = ["${folder}/water"]`), { mode: 0o644 });
    assert.match((await openFolder(t, folder)).lines[0] ?? '', /exec\.c: .* is not executable\. Run: chmod \+x/);
  });

  test('that serves tools is not started where nobody calls them', async (t) => {
    const { own } = await opened(t, { 'c.toml': '[mcp.house]\ncommand = ["/bin/sh", "-c", "sleep 1000"]' });
    assert.deepEqual([own.servers, own.tools], [1, []]);
    await own.settled;
  });
});

suite("a skill of the owner's in a turn", () => {
  test('apologises when it throws', async (t) => {
    const { skillOf, failures } = await opened(t, { 'x.mjs': skill('run: () => { throw new Error("no water") }') });
    assert.equal(await answerOf(skillOf('tea'), 'make tea'), 'Sorry, that did not work.');
    assert.deepEqual(failures, ['tea: run() threw Error: no water']);
  });

  test('apologises when it returns no text', async (t) => {
    const { skillOf, failures } = await opened(t, { 'x.mjs': skill('run: () => 7') });
    assert.equal(await answerOf(skillOf('tea'), 'make tea'), 'Sorry, that did not work.');
    assert.match(failures[0] ?? '', /must return a text, and has returned a value of type number/);
  });

  test('understands nothing when understand() throws', async (t) => {
    const source = skill('patterns: undefined, understand: () => { throw new Error("what?") }');
    const { skillOf, failures } = await opened(t, { 'x.mjs': source });
    assert.equal(skillOf('tea').understand('make tea'), undefined);
    assert.match(failures[0] ?? '', /understand\(\) threw/);
  });

  test('is cut when it returns ten megabytes', async (t) => {
    const { skillOf } = await opened(t, { 'x.mjs': skill('run: () => "word ".repeat(2e6)') });
    assert.ok((await answerOf(skillOf('tea'), 'make tea')).length <= 1000);
  });

  test('apologises when it hangs, and its signal is aborted', async (t) => {
    const source = skill(
      'run: (args, context, signal) => new Promise(() => signal.addEventListener("abort", () => { globalThis.teaStopped = true }))',
    );
    const { skillOf, clock } = await opened(t, { 'x.mjs': source });
    const answer = answerOf(skillOf('tea'), 'make tea');
    await clock.set(ANSWER_TIMEOUT_MS);
    clock.increment(ANSWER_TIMEOUT_MS);
    assert.equal(await answer, 'Sorry, that takes too long.');
    assert.equal(Reflect.get(globalThis, 'teaStopped'), true);
    Reflect.deleteProperty(globalThis, 'teaStopped');
  });

  test('ends at once when the turn is over', async (t) => {
    const { skillOf } = await opened(t, { 'x.mjs': skill('run: () => new Promise(() => {})') });
    const turn = new AbortController();
    const answer = skillOf('tea').run({}, monday, turn.signal);
    turn.abort(new Error('over'));
    await assert.rejects(answer, /over/);
    await assert.rejects(skillOf('tea').run({}, monday, turn.signal), /over/);
  });
});
