import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { ListBook } from '../../../src/lists/listBook.js';
import { listState } from '../../../src/lists/listState.js';
import { StateFile } from '../../../src/state/stateFile.js';
import type { CleanUp } from '../../fixtures/cleanUp.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

/** A folder of state, in which any number of processes open the lists. */
function household(test: CleanUp) {
  const file = path.join(temporaryFolder(test), 'state', 'lists.json');
  const told: string[] = [];
  const tell = (...all: unknown[]) => told.push(String(all.at(-1)));
  return { file, told, open: () => ListBook.open(new StateFile(file, listState, { warn: tell, info: tell })) };
}

describe('Lists that two processes have open', () => {
  it('have what either has added, and not what either has removed', async (test) => {
    const { open } = household(test);
    const [appliance, ask] = [await open(), await open()];
    await ask.add('shopping', ['milk', 'tea']);
    await appliance.add('shopping', ['bread']);
    assert.deepEqual(await ask.add('shopping', ['loaf', 'bread']), { added: ['loaf'], known: ['bread'], isKept: true });
    assert.deepEqual((await appliance.remove('shopping', ['tea', 'loaf'])).removed, ['tea', 'loaf']);
    await ask.refresh();
    assert.deepEqual(ask.items('shopping'), ['milk', 'bread']);
    assert.deepEqual(await appliance.clear('shopping'), { count: 2, isKept: true });
    assert.deepEqual(await ask.clear('shopping'), { count: 0, isKept: true });
  });

  it('lose nothing when all change them at the same time', async (test) => {
    const { open } = household(test);
    const books = await Promise.all([1, 2, 3].map(() => open()));
    const things = (who: number) => Array.from({ length: 5 }, (_, n) => `thing ${who}.${n}x`);
    const kept = await Promise.all(
      books.flatMap((book, who) => things(who).map(async (thing) => (await book.add('to-do', [thing])).isKept)),
    );
    assert.ok(kept.every(Boolean));
    assert.deepEqual(new Set((await open()).items('to-do')), new Set([0, 1, 2].flatMap(things)));
  });

  it('survive a file that was damaged, or removed, under them', async (test) => {
    const { file, told, open } = household(test);
    const book = await open();
    await book.add('shopping', ['milk']);
    writeFileSync(file, '{"version":1,');
    assert.equal((await book.add('shopping', ['tea'])).isKept, true);
    assert.match(told.join(), /put aside/);
    assert.deepEqual((await open()).items('shopping'), ['milk', 'tea']);
    rmSync(path.dirname(file), { recursive: true });
    assert.equal((await book.add('shopping', ['bread'])).isKept, true);
    assert.deepEqual((await open()).items('shopping'), ['milk', 'tea', 'bread']);
  });

  it('are never so long that the next start takes them for damaged', async (test) => {
    const { file, open } = household(test);
    const state = { version: 1, shopping: Array.from({ length: 200 }, (_, n) => `thing ${n}x`), 'to-do': [] };
    await (await open()).add('shopping', ['milk']);
    writeFileSync(file, JSON.stringify({ ...state, shopping: [...state.shopping, 'one too many'] }));
    const book = await open();
    assert.equal(book.items('shopping').length, 201);
    await assert.rejects(book.add('shopping', ['tea']), /holds 200 items/);
    assert.equal((await book.remove('shopping', ['one too many'])).isKept, true);
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).shopping.length, 200);
  });
});
