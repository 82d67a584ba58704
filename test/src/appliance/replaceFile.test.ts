import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import { tryLock } from '../../../src/appliance/fileLock.js';
import { putInPlace, replaceFile, replaceLink } from '../../../src/appliance/replaceFile.js';
import { type FaultyDisk, faultyDisk } from '../../fixtures/faultyDisk.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const BEFORE = 'before, and rather long';

function fileIn(t: TestContext): string {
  const file = path.join(temporaryFolder(t), 'notes');
  writeFileSync(file, BEFORE, { mode: 0o640 });
  return file;
}

const modeOf = (file: string) => statSync(file).mode & 0o777;

/** Runs `work` with a fault at each of its steps in turn, each time anew. @returns the steps there are */
async function withEachFault(
  disk: FaultyDisk,
  { code, forGood }: { code: string; forGood: boolean },
  work: () => Promise<void>,
  check: (failed: boolean, step: string) => Promise<void>,
): Promise<readonly string[]> {
  disk.heal();
  await work();
  const all = disk.steps;
  for (const [step, told] of all.entries()) {
    disk.failAt(step, code, forGood);
    const failed = await work().then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        assert.equal(error.code, code);
        return true;
      },
    );
    disk.heal();
    await check(failed, told);
  }
  return all;
}

suite('a file that is replaced', () => {
  test('is on the disk before it has the name, and the name is before it counts', async (t) => {
    const file = fileIn(t);
    const disk = await faultyDisk(t);
    await replaceFile(file, 'after', 0o600);
    const folder = path.basename(path.dirname(file));
    assert.deepEqual(
      disk.steps.filter((step) => !step.startsWith('chmod')),
      [
        `mkdir ${folder}`,
        ...['open', 'writeFile', 'sync'].map((verb) => `${verb} notes.new`),
        'rename notes.new notes',
        ...['open', 'sync'].map((verb) => `${verb} ${folder}`),
      ],
    );
  });

  for (const fault of [
    { what: 'a full disk', code: 'ENOSPC', forGood: false },
    { what: 'an error of the disk', code: 'EIO', forGood: false },
    { what: 'the end of the process', code: 'EIO', forGood: true },
  ]) {
    test(`is the old or the new one after ${fault.what} at any step, and can be replaced again`, async (t) => {
      const file = fileIn(t);
      const disk = await faultyDisk(t);
      let number = 0;
      const steps = await withEachFault(
        disk,
        fault,
        async () => void (await replaceFile(file, `after ${++number}`)),
        async (failed, step) => {
          const text = readFileSync(file, 'utf8');
          const isOld = text === `old ${number - 1}` || text === `after ${number - 1}`;
          assert.ok(isOld || text === `after ${number}`, `${step}: ${text}`);
          if (!failed) assert.equal(text, `after ${number}`, step);
          if (!fault.forGood) assert.deepEqual(readdirSync(path.dirname(file)), ['notes'], step);
          await replaceFile(file, `old ${number}`);
          assert.equal(readFileSync(file, 'utf8'), `old ${number}`);
          assert.deepEqual(readdirSync(path.dirname(file)), ['notes'], step);
          assert.equal(modeOf(file), 0o640);
        },
      );
      assert.ok(steps.length >= 7);
    });
  }

  test('keeps its mode, has that of new ones, or exactly the one that is asked for', async (t) => {
    const file = fileIn(t);
    await replaceFile(file, 'a');
    assert.equal(modeOf(file), 0o640);
    await replaceFile(file, 'b', 0o600);
    assert.equal(modeOf(file), 0o600);
    const another = path.join(path.dirname(file), 'made', 'here', 'another');
    const before = process.umask(0o077);
    t.after(() => process.umask(before));
    await replaceFile(another, 'c');
    assert.equal(modeOf(another), 0o600);
    await replaceFile(another, 'd', 0o644);
    assert.equal(modeOf(another), 0o644);
  });

  test('stays that of its owner, and a new one is that of the folder, when root writes it', {
    skip: process.getuid?.() === 0 ? false : 'only root may give files away',
  }, async (t) => {
    const file = fileIn(t);
    chownSync(file, 1234, 1235);
    await replaceFile(file, 'a', 0o600);
    assert.deepEqual([statSync(file).uid, statSync(file).gid], [1234, 1235]);
    const folder = path.join(path.dirname(file), 'state');
    mkdirSync(folder);
    chownSync(folder, 1236, 1237);
    await replaceFile(path.join(folder, 'new'), 'a', 0o600);
    const { uid, gid } = statSync(path.join(folder, 'new'));
    assert.deepEqual([uid, gid], [1236, 1237]);
  });

  test('is not written through what a killed process, or somebody else, has left in its way', async (t) => {
    const file = fileIn(t);
    const elsewhere = path.join(temporaryFolder(t), 'elsewhere');
    writeFileSync(`${file}.new`, 'half of it, which is longer than the new one', { mode: 0o666 });
    chmodSync(`${file}.new`, 0o666);
    await replaceFile(file, 'a', 0o600);
    assert.deepEqual([readFileSync(file, 'utf8'), modeOf(file)], ['a', 0o600]);
    for (const target of ['nowhere', elsewhere]) {
      if (target === elsewhere) writeFileSync(elsewhere, 'untouched');
      symlinkSync(target, `${file}.new`);
      await replaceFile(file, `b ${target}`);
      assert.equal(readFileSync(file, 'utf8'), `b ${target}`);
    }
    assert.equal(readFileSync(elsewhere, 'utf8'), 'untouched');
  });

  test('waits for another process that is writing it, and takes nothing of it away', async (t) => {
    const file = fileIn(t);
    const other = openSync(`${file}.new`, 'wx');
    assert.ok(tryLock(other));
    writeFileSync(other, 'half of');
    const disk = await faultyDisk(t);
    const replacing = replaceFile(file, 'ours');
    while (disk.steps.filter((step) => step === 'open notes.new').length < 6) await tick();
    assert.equal(readFileSync(`${file}.new`, 'utf8'), 'half of');
    closeSync(other); // it was killed
    await replacing;
    assert.equal(readFileSync(file, 'utf8'), 'ours');
  });

  test('has the whole of one text when many replace it at once', async (t) => {
    const file = fileIn(t);
    const texts = Array.from({ length: 12 }, (_, i) => String(i).repeat(5_000 * (12 - i)));
    await Promise.all(texts.map((text) => replaceFile(file, text)));
    assert.ok(texts.includes(readFileSync(file, 'utf8')));
    assert.deepEqual(readdirSync(path.dirname(file)), ['notes']);
  });
});

suite('what is put in its place', () => {
  test('is there as a whole or not at all, whatever step fails', async (t) => {
    const folder = temporaryFolder(t);
    const [complete, destination] = [path.join(folder, 'part'), path.join(folder, 'models', 'a', 'voice')];
    const disk = await faultyDisk(t);
    await withEachFault(
      disk,
      { code: 'EIO', forGood: true },
      async () => {
        writeFileSync(complete, 'all of it');
        await putInPlace(complete, destination);
      },
      async () => {
        if (existsSync(destination)) assert.equal(readFileSync(destination, 'utf8'), 'all of it');
      },
    );
  });

  test('makes folders that outlive a power cut', async (t) => {
    const folder = temporaryFolder(t);
    const complete = path.join(folder, 'part');
    writeFileSync(complete, '');
    const disk = await faultyDisk(t);
    await putInPlace(complete, path.join(folder, 'x', 'y', 'voice'));
    assert.deepEqual(
      disk.steps.filter((step) => step.startsWith('open')),
      ['x', path.basename(folder), 'part', 'y'].map((name) => `open ${name}`),
    );
  });
});

test('a link leads to the old or to the new place, whatever step fails', async (t) => {
  const link = path.join(temporaryFolder(t), 'current');
  await replaceLink(link, 'versions/0');
  const disk = await faultyDisk(t);
  let number = 0;
  await withEachFault(
    disk,
    { code: 'ENOSPC', forGood: true },
    () => replaceLink(link, `versions/${++number}`),
    async (failed) => {
      const now = readlinkSync(link);
      assert.ok(now === `versions/${number}` || (failed && now === `versions/${number - 1}`));
      await replaceLink(link, `versions/${number}`);
    },
  );
});
