import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { END_PATIENCE_MS } from '../../../../src/processes/processGroup.js';
import { execSkill } from '../../../../src/skills/own/execSkill.js';
import { type ExecTable, execTable } from '../../../../src/skills/own/skillTables.js';
import { PatternError } from '../../../../src/skills/own/utterancePattern.js';
import { answerOf, monday } from '../../../fixtures/askSkill.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';
import { WatchedClock } from '../../../fixtures/watchedClock.js';

function skillOf(table: Partial<ExecTable>) {
  const failures: string[] = [];
  const clock = new WatchedClock();
  const whole = execTable.parse({
    description: 'Waters.',
    patterns: ['water the {plant}'],
    command: ['true'],
    ...table,
  });
  const skill = execSkill('water', whole, {
    env: { PATH: process.env['PATH'], SECRET: 'x' },
    clock,
    onFailure: (_, message) => failures.push(message),
  });
  return { skill, failures, clock };
}

const script = (source: string) => [process.execPath, '-e', source];

/** Until nobody lives in a process group. The dead may wait long for somebody to collect them. */
async function gone(group: number): Promise<void> {
  const lives = (pid: string) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(pgrp) === group && state !== 'Z';
    } catch {
      return false;
    }
  };
  while (readdirSync('/proc').some((name) => /^\d+$/.test(name) && lives(name))) await nextTick();
}

async function written(file: string): Promise<number> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await nextTick();
  return Number(readFileSync(file, 'utf8'));
}

/** Hangs, deaf to SIGTERM, with a child that does too; says who it is in a file. */
function hanging(t: TestContext) {
  const file = path.join(temporaryFolder(t), 'pid');
  const deaf = "trap '' TERM; sleep 1000 & ";
  return { file, command: ['/bin/sh', '-c', `${deaf} printf $$ > "$0"; while :; do wait; done`, file] };
}

suite('a skill that is a program', () => {
  test('says what the program prints, without markup', async () => {
    const { skill, failures } = skillOf({
      command: script('console.log("The **" + process.argv[1] + "** is wet.")').concat('{plant}'),
    });
    assert.equal(await answerOf(skill, 'Could you water the big fern, please?'), 'The big fern is wet.');
    assert.deepEqual(failures, []);
  });

  test('says symbols in words of the language that is spoken', async () => {
    const { skill } = skillOf({ command: script('console.log("Der Boden hat 20 %.")') });
    const { signal } = new AbortController();
    assert.equal(await skill.run({}, { ...monday, language: 'de-DE' }, signal), 'Der Boden hat 20 Prozent.');
  });

  test('hands over what was said as part of one argument, whatever is in it', async () => {
    const plant = 'fern; rm x && {plant} $(id) "q"';
    const same = 'console.log(process.argv.slice(1).join("|") === process.env.EXPECTED ? "same" : "different")';
    const { skill } = skillOf({ command: [...script(same), 'a={plant}', 'z'], env: { EXPECTED: `a=${plant}|z` } });
    assert.equal(await skill.run({ plant }, monday, new AbortController().signal), 'same');
  });

  test('refuses what a program could take for an option, and what is no line of words', async () => {
    const { skill } = skillOf({ command: ['echo', '{plant}'] });
    for (const plant of ['--help', ' -rf', 'a\0b', 'a\nb', '', 'x'.repeat(101)]) {
      assert.match(
        String(await skill.run({ plant }, monday, new AbortController().signal)),
        /cannot do that/,
        JSON.stringify(plant),
      );
    }
  });

  test('says nothing of colours and bells, of what is no UTF-8, and several lines as one text', async () => {
    const printed = '\u001b[1;31mRed\u001b[0m and \u001b]0;title\u0007blue.\nSecond\tline \u0007here.';
    const both = 'process.stdout.write(process.argv[1]); process.stdout.write(Buffer.from([0x20, 0xff, 0xfe]))';
    const { skill } = skillOf({ command: [...script(both), printed] });
    assert.equal(await answerOf(skill, 'water the fern'), 'Red and blue. Second line here.');
  });

  test('apologises for a program that was ended by a signal, and logs it', async () => {
    const { skill, failures } = skillOf({ command: ['/bin/sh', '-c', 'kill -9 $$'] });
    assert.equal(await answerOf(skill, 'water the fern'), 'Sorry, that did not work.');
    assert.deepEqual(failures, ['/bin/sh was ended by SIGKILL']);
  });

  test('does not wait for a daemon that has left its group and holds its output', async (t) => {
    const file = path.join(temporaryFolder(t), 'pid');
    const command = [
      '/bin/sh',
      '-c',
      'echo started; setsid sh -c "echo \\$\\$ > $0; exec sleep 1000" & until [ -s "$0" ]; do :; done',
      file,
    ];
    const { skill, clock } = skillOf({ command });
    const answer = answerOf(skill, 'water the fern');
    const daemon = await written(file);
    t.after(() => process.kill(daemon, 'SIGKILL'));
    await clock.set(250);
    clock.increment(250);
    assert.equal(await answer, 'started');
  });

  test('does not hear what its expression takes too long for, and the log says why', () => {
    const { skill, failures } = skillOf({ patterns: ['/^(?:a+)+ plant$/', 'water the {plant}'], command: ['true'] });
    assert.equal(skill.understand(`${'a'.repeat(60)}b`), undefined);
    assert.match(failures[0] ?? '', /has not read .* in 50 ms/);
    assert.ok(skill.understand('water the fern'));
  });

  test('may take as long as it was given', () => {
    assert.equal(skillOf({ timeout_ms: 20_000 }).skill.timeoutMs, 21_000);
  });

  test('says "Done." for a program that prints nothing', async () => {
    assert.equal(await answerOf(skillOf({}).skill, 'water the fern'), 'Done.');
  });

  test('gives the program none of our secrets', async () => {
    const { skill } = skillOf({
      command: script('console.log(process.env.SECRET ?? "none", process.env.OWN)'),
      env: { OWN: 'given' },
    });
    assert.equal(await answerOf(skill, 'water the fern'), 'none given');
  });

  test('apologises for a program that fails, and logs the first line of its complaint', async () => {
    const { skill, failures } = skillOf({ command: script('console.error("no water\\nmore"); process.exit(3)') });
    assert.equal(await answerOf(skill, 'water the fern'), 'Sorry, that did not work.');
    assert.match(failures[0] ?? '', /ended with status 3: no water$/);
  });

  test('apologises for a program that is not there', async () => {
    const { skill, failures } = skillOf({ command: ['/no/such/program'] });
    assert.equal(await answerOf(skill, 'water the fern'), 'Sorry, that did not work.');
    assert.match(failures[0] ?? '', /cannot be started: .*ENOENT/);
  });

  test('keeps the beginning of ten megabytes, and lets the program end', async () => {
    const { skill, failures } = skillOf({ command: script('process.stdout.write("word ".repeat(2e6))') });
    const answer = await answerOf(skill, 'water the fern');
    assert.ok(answer.length > 400 && answer.length <= 500, `${answer.length}`);
    assert.deepEqual(failures, []);
  });

  test('ends a program that takes too long, with its children, and kills them when they will not go', async (t) => {
    const { file, command } = hanging(t);
    const { skill, failures, clock } = skillOf({ command, timeout_ms: 300 });
    const answer = answerOf(skill, 'water the fern');
    const pid = await written(file);
    clock.increment(300);
    assert.equal(await answer, 'Sorry, that took too long.');
    assert.match(failures[0] ?? '', /after 300 ms/);
    clock.increment(END_PATIENCE_MS);
    await gone(pid);
  });

  test('ends the program when the turn is over, and does not wait for it', async (t) => {
    const { file, command } = hanging(t);
    const { skill, failures, clock } = skillOf({ command });
    const turn = new AbortController();
    const answer = skill.run({ plant: 'fern' }, monday, turn.signal);
    const pid = await written(file);
    turn.abort(new Error('over'));
    await assert.rejects(answer, /over/);
    clock.increment(END_PATIENCE_MS);
    await gone(pid);
    assert.deepEqual(failures, []);
    assert.deepEqual(clock.pendingMs, []);
  });

  test('leaves no process behind that the program has started', async (t) => {
    const file = path.join(temporaryFolder(t), 'pid');
    const { skill } = skillOf({ command: ['/bin/sh', '-c', 'sleep 1000 & printf $$ > "$0"; echo started', file] });
    assert.equal(await answerOf(skill, 'water the fern'), 'started');
    await gone(await written(file));
  });

  test('needs in each pattern each slot of the command', () => {
    assert.throws(
      () => skillOf({ patterns: ['water it'], command: ['echo', '{plant}'] }),
      (error) => {
        return error instanceof PatternError && /has no slot \{plant\}/.test(error.message);
      },
    );
  });
});
