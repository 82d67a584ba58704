import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { run } from '../../../../src/cli/program.js';
import { askedAs } from '../../../../src/llm/voicePrompt.js';
import { conversationFile } from '../../../../src/memory/conversationFile.js';
import { journalLine } from '../../../../src/memory/journal.js';
import { recordedIo } from '../../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const AT = new Date(2026, 2, 3, 14, 5);

/** A home in which `lines` are what is kept. */
function home(t: TestContext, lines: readonly string[] | undefined) {
  const folder = temporaryFolder(t);
  const file = conversationFile(path.join(folder, '.local', 'state', 'pressel'));
  if (lines) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, lines.join(''));
  }
  const pressel = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const io = recordedIo(env, folder);
    return { code: await run(['history', ...args], io), out: io.out(), err: io.err() };
  };
  return { folder, file, pressel };
}

const asked = askedAs('Who was Ada?', AT);
const LINES = [
  journalLine({ atMs: AT.getTime(), asked, heard: 'A mathematician.', interrupted: false }),
  journalLine({ atMs: AT.getTime() + 61_000, asked: 'When?', heard: 'In the', interrupted: true }),
];

suite('pressel history', () => {
  test('shows people who said what, and when', async (t) => {
    const { pressel } = home(t, LINES);
    assert.deepEqual(await pressel([], { PRESSEL_ASSISTANT_NAME: 'Marvin' }), {
      code: 0,
      out: [
        '2026-03-03 14:05:00',
        'You:    Who was Ada?',
        'Marvin: A mathematician.',
        '',
        '2026-03-03 14:06:01',
        'You:    When?',
        'Marvin: In the (interrupted)',
        '',
      ].join('\n'),
      err: '',
    });
  });

  test('prints one JSON document with what the model is shown', async (t) => {
    const { file, pressel } = home(t, [...LINES, 'torn']);
    const { out, err } = await pressel(['--json'], { PRESSEL_CONVERSATION_REMEMBER: 'false' });
    const { exchanges, ...rest } = JSON.parse(out);
    assert.deepEqual(rest, { file, remember: false });
    assert.deepEqual(exchanges[0], { at: AT.toISOString(), asked, heard: 'A mathematician.', interrupted: false });
    assert.equal(exchanges.length, 2);
    assert.match(err, /1 damaged/);
  });

  test('says when there is nothing', async (t) => {
    const { file, pressel } = home(t, undefined);
    assert.equal((await pressel([])).out, `Nothing is kept in ${file}.\n`);
    assert.deepEqual(await pressel(['clear']), { code: 0, out: `Nothing is kept in ${file}.\n`, err: '' });
    assert.deepEqual(JSON.parse((await pressel(['clear', '--json'])).out), { file, erased: false });
  });

  test('clear erases the file, and what a power cut has left beside it', async (t) => {
    const { file, pressel } = home(t, LINES);
    writeFileSync(`${file}.new`, LINES.join(''));
    assert.deepEqual(await pressel(['clear']), { code: 0, out: `The conversation is erased (${file}).\n`, err: '' });
    assert.deepEqual([existsSync(file), existsSync(`${file}.new`)], [false, false]);
  });

  test('looks where it is told to, such as in the folder of the service', async (t) => {
    const { file, pressel } = home(t, LINES);
    const elsewhere = path.dirname(file);
    const env = { XDG_STATE_HOME: '/nowhere' };
    assert.match((await pressel([], env)).out, /^Nothing is kept/);
    assert.match((await pressel(['--folder', elsewhere], env)).out, /Who was Ada/);
    assert.equal((await pressel(['clear', '--folder', elsewhere], env)).code, 0);
    assert.ok(!existsSync(file));
  });
});
