import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { withFolderLock } from '../../../src/files/folderLock.js';
import { ConversationFile, conversationFile } from '../../../src/memory/conversationFile.js';
import { journalLine } from '../../../src/memory/journal.js';
import {
  forgottenConversation,
  type RememberOptions,
  rememberedConversation,
} from '../../../src/memory/rememberedConversation.js';
import { openLog } from '../../../src/observability/log.js';
import { recorder } from '../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const NOON = Date.UTC(2026, 2, 3, 12);
const MINUTE = 60_000;

/** A place for a conversation, and what the log says of it. */
function place(t: TestContext) {
  const folder = path.join(temporaryFolder(t), 'state');
  const file = conversationFile(folder);
  const said = recorder();
  const log = openLog({ ...DEFAULT_CONFIG, log: { level: 'info', format: 'json' } }, said);
  const clock = { nowMs: NOON };
  const open = async (given: Partial<RememberOptions> = {}) => {
    const limits = { maxMessages: 16, maxTokens: 1500, forgetAfterMs: 10 * MINUTE, log, now: () => clock.nowMs };
    const opened = await rememberedConversation({ file, ...limits, ...given });
    t.after(() => opened.close());
    return opened;
  };
  const lines = () =>
    said.text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { level: number; msg: string });
  return {
    folder,
    file,
    log,
    clock,
    open,
    warnings: () =>
      lines()
        .filter(({ level }) => level >= 40)
        .map(({ msg }) => msg),
  };
}

suite('a conversation that is remembered', () => {
  test('goes on after a restart, byte for byte', async (t) => {
    const { open, file, folder, warnings } = place(t);
    const first = await open();
    assert.deepEqual(first.conversation.messages, []);
    assert.ok(!existsSync(file), 'nothing was said');
    first.conversation.add('[Tuesday, 3 March 2026, 14:05]\nWho was Ada?', 'A mathematician.', false);
    first.conversation.add('[Tuesday, 3 March 2026, 14:06]\nWhen?', 'In the', true);
    await first.close();
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['conversation.jsonl']);
    const second = await open();
    assert.deepEqual(second.conversation.messages, first.conversation.messages);
    second.conversation.add('Why?', 'Because.', false);
    await second.close();
    assert.deepEqual((await open()).conversation.exchanges, second.conversation.exchanges);
    assert.deepEqual(warnings(), []);
  });

  test('is cut on the disk as it is in memory', async (t) => {
    const { open, file } = place(t);
    const first = await open({ maxMessages: 4 });
    for (const asked of ['a', 'b', 'c']) first.conversation.add(asked, `secret ${asked}`, false);
    await first.close();
    assert.deepEqual((await open()).conversation.exchanges, first.conversation.exchanges);
    assert.doesNotMatch(readFileSync(file, 'utf8'), /secret [ab]/);
  });

  for (const [pause, ms, kept] of [
    ['a second under', 10 * MINUTE - 1000, 2],
    ['exactly', 10 * MINUTE, 0],
    ['a day over', 1440 * MINUTE, 0],
  ] as const) {
    test(`${kept ? 'goes on' : 'is erased'} after a pause of ${pause} the time in which it goes stale`, async (t) => {
      const { open, clock, file } = place(t);
      const first = await open();
      first.conversation.add('a', 'A', false);
      clock.nowMs += 9 * MINUTE; // as a whole it may last longer
      first.conversation.add('b', 'B', false);
      await first.close();
      clock.nowMs += ms;
      assert.equal((await open()).conversation.exchanges.length, kept);
      assert.equal(existsSync(file), kept > 0);
    });
  }

  test('goes on where the clock has not been set yet after a power cut', async (t) => {
    const { open, clock } = place(t);
    const first = await open();
    first.conversation.add('a', 'A', false);
    await first.close();
    clock.nowMs -= 3 * 60 * MINUTE;
    assert.equal((await open()).conversation.exchanges.length, 1);
    assert.equal((await open({ forgetAfterMs: 0 })).conversation.exchanges.length, 0);
  });

  test('is off the disk when it is forgotten, and a new one can begin', async (t) => {
    const { open, folder } = place(t);
    const { conversation, close } = await open();
    conversation.add('a', 'A', false);
    assert.equal(await conversation.forget(), true);
    assert.deepEqual(readdirSync(folder), []);
    conversation.add('b', 'B', false);
    conversation.forget();
    conversation.add('c', 'C', false);
    await close();
    assert.deepEqual((await open()).conversation.exchanges, conversation.exchanges);
  });

  test('that is not to be remembered any longer is erased', async (t) => {
    const { open, file, folder, log, warnings } = place(t);
    await forgottenConversation(file, log);
    const { conversation, close } = await open();
    conversation.add('a', 'A', false);
    await close();
    writeFileSync(`${file}.new`, 'what a power cut left');
    await forgottenConversation(file, log);
    assert.deepEqual([readdirSync(folder), warnings()], [[], []]);
  });
});

suite('a conversation whose file another process changes', () => {
  test('is forgotten at once when it is erased', async (t) => {
    const { open, file } = place(t);
    const { conversation, close } = await open();
    conversation.add('a', 'A', false);
    conversation.add('b', 'B', false);
    await until(() => existsSync(file) && readFileSync(file, 'utf8').includes('"b"'));
    assert.equal(await new ConversationFile(file).erase(), true);
    await until(() => conversation.messages.length === 0);
    await close();
    assert.ok(!existsSync(file));
  });

  for (const [what, change] of [
    ['gone', (file: string) => rmSync(file)],
    [
      'exchanged',
      (file: string) => replaceBy(file, journalLine({ atMs: NOON, asked: 'x', heard: 'X', interrupted: false })),
    ],
    ['longer', (file: string) => appendFileSync(file, 'by hand\n')],
  ] as const) {
    test(`is not written back once the file is ${what}: the next exchange begins a new one`, async (t) => {
      const { open, file } = place(t);
      const { conversation, close } = await open();
      conversation.add('secret', 'Said before.', false);
      await close(); // nobody watches the folder any more
      change(file);
      conversation.add('after', 'Said after.', false);
      await close();
      assert.deepEqual(
        conversation.exchanges.map(({ asked }) => asked),
        ['after'],
      );
      assert.deepEqual((await open()).conversation.exchanges, conversation.exchanges);
      assert.doesNotMatch(readFileSync(file, 'utf8'), /secret|by hand/);
    });
  }

  test('holds nothing of before when it is erased in the middle of writing', async (t) => {
    const { open, file } = place(t);
    const { conversation, close } = await open({ maxMessages: 6 });
    await close(); // nobody watches the folder any more
    for (let number = 0; number < 200; number++) {
      conversation.add(String(number), 'well '.repeat(number), false);
      if (number % 3 === 2) await new ConversationFile(file).erase();
      if (number % 3 !== 0) await close();
      if (number % 3 !== 2) continue;
      const { exchanges } = await new ConversationFile(file).read();
      const before = exchanges.filter(({ asked }) => Number(asked) < number);
      assert.deepEqual(before, [], `round ${number}`);
    }
  });

  test('is not cut while it is being erased', async (t) => {
    const { open, file, folder } = place(t);
    const { conversation, close } = await open({ maxMessages: 2 });
    conversation.add('secret', 'Said before.', false);
    await close();
    const before = readFileSync(file, 'utf8');
    await withFolderLock(folder, async () => {
      conversation.add('after', 'Said after.', false);
      for (let i = 0; i < 2_000; i++) await new Promise(setImmediate);
      assert.equal(readFileSync(file, 'utf8'), before);
      rmSync(file);
    });
    await close();
    assert.match(readFileSync(file, 'utf8'), /^[^\n]*"after"[^\n]*\n$/);
  });

  test('is not written back by a cut either', async (t) => {
    const { open, file } = place(t);
    const { conversation, close } = await open({ maxMessages: 8 });
    for (const asked of ['a', 'b', 'c', 'd']) conversation.add(asked, 'secret', false);
    await close();
    rmSync(file);
    conversation.add('after', 'open', false);
    await close();
    assert.doesNotMatch(readFileSync(file, 'utf8'), /secret/);
  });
});

suite('a conversation on a disk that fails', () => {
  test('drops a torn last line, says so once, and goes on', async (t) => {
    const { open, file, warnings } = place(t);
    const first = await open();
    first.conversation.add('a', 'A', false);
    first.conversation.add('b', 'B', false);
    await first.close();
    writeFileSync(file, readFileSync(file).subarray(0, -5));
    const second = await open();
    assert.equal(second.conversation.exchanges.length, 1);
    second.conversation.add('c', 'C', false);
    await second.close();
    assert.deepEqual(
      (await open()).conversation.exchanges.map(({ asked }) => asked),
      ['a', 'c'],
    );
    assert.deepEqual(warnings(), ['a part of the kept conversation is damaged']);
  });

  test('begins anew where the file is no journal, or far too long for one', async (t) => {
    for (const bytes of [Buffer.from('\u0000\u0001garbage'), Buffer.alloc(9 * 2 ** 20, 'x')]) {
      const { open, file, folder, warnings } = place(t);
      mkdirSync(folder);
      writeFileSync(file, bytes);
      const { conversation, close } = await open();
      assert.deepEqual(conversation.messages, []);
      conversation.add('a', 'A', false);
      await close();
      assert.equal((await open()).conversation.exchanges.length, 1);
      assert.equal(warnings().length, 1);
    }
  });

  test('lives in memory where its folder cannot be made, with one warning', async (t) => {
    const { open, folder, warnings } = place(t);
    writeFileSync(folder, 'in the way');
    const { conversation, close } = await open();
    for (const asked of ['a', 'b', 'c']) conversation.add(asked, asked, false);
    await close();
    assert.equal(conversation.exchanges.length, 3);
    assert.equal(warnings().length, 1);
  });

  test('is not said to be on the disk still when it never came there', async (t) => {
    const { open, folder } = place(t);
    writeFileSync(folder, 'in the way');
    const { conversation } = await open();
    conversation.add('a', 'A', false);
    assert.equal(await conversation.forget(), true, 'though what came before it has failed');
  });

  test('is kept whole as soon as the disk takes it again', async (t) => {
    const { open, folder, warnings } = place(t);
    const first = await open();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'in the way');
    first.conversation.add('a', 'A', false);
    await first.close();
    first.conversation.add('b', 'B', false);
    await first.close();
    assert.equal(warnings().length, 1);
    rmSync(folder);
    first.conversation.add('c', 'C', false);
    await first.close();
    assert.deepEqual((await open()).conversation.exchanges, first.conversation.exchanges);
    assert.equal(warnings().length, 1);
  });

  test('says when it cannot be erased', async (t) => {
    const { open, file, warnings } = place(t);
    const { conversation, close } = await open();
    conversation.add('a', 'A', false);
    await close();
    rmSync(file);
    mkdirSync(file); // nothing that is erased like a file
    assert.equal(await conversation.forget(), false);
    assert.deepEqual(conversation.messages, []);
    assert.match(warnings().join(), /cannot be erased/);
  });
});

function replaceBy(file: string, text: string): void {
  rmSync(file);
  writeFileSync(file, text);
}

/** Far more than it takes: whoever waits so long waits for nothing. */
const HANG_MS = 20_000;

/** Waits, without sleeping, for what the disk and the watching of it bring about. */
async function until(condition: () => boolean): Promise<void> {
  const sinceMs = performance.now();
  while (!condition()) {
    assert.ok(performance.now() - sinceMs < HANG_MS, `it is never true that ${condition}`);
    await new Promise(setImmediate);
  }
}
