import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { StateFile } from '../../../src/state/stateFile.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const schema = z.object({ count: z.number() });

function stateIn(folder: string) {
  const told: string[] = [];
  const tell = (...all: unknown[]) => told.push(String(all.at(-1)));
  const file = path.join(folder, 'sub', 'counts.json');
  return { file, told, state: () => new StateFile(file, schema, { warn: tell, info: tell }) };
}

describe('A file of state', () => {
  it('holds the last value for the next start, and is nobody else to read', async (test) => {
    const { file, state } = stateIn(temporaryFolder(test));
    assert.equal(await state().read(), undefined);
    const first = state();
    const kept = await Promise.all([1, 2, 3].map((count) => first.keep({ count })));
    assert.deepEqual(kept, [true, true, true]);
    assert.deepEqual(await state().read(), { count: 3 });
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.deepEqual(readdirSync(path.dirname(file)), ['counts.json']);
  });

  const damaged = ['', '{"count":', '\0\0\0\0', '{"count":"three"}', '[]', 'x'.repeat(2 ** 20 + 1)];
  for (const text of damaged) {
    it(`that holds ${JSON.stringify(text.slice(0, 20))} is put aside, told of and begun anew`, async (test) => {
      const { file, told, state } = stateIn(temporaryFolder(test));
      mkdirSync(path.dirname(file));
      writeFileSync(file, text);
      const begun = state();
      assert.equal(await begun.read(), undefined);
      assert.equal(readFileSync(`${file}.damaged`, 'utf8'), text);
      assert.equal(told.length, 1);
      assert.match(told[0] ?? '', /put aside/);
      assert.equal(await begun.keep({ count: 1 }), true);
      assert.deepEqual(await state().read(), { count: 1 });
    });
  }

  it('that cannot be written is told of once, and again when it can', async (test) => {
    const { file, told, state } = stateIn(temporaryFolder(test));
    writeFileSync(path.dirname(file), 'a file where the folder should be');
    const failing = state();
    assert.deepEqual([await failing.keep({ count: 1 }), await failing.keep({ count: 2 })], [false, false]);
    assert.equal(told.length, 1);
    rmSync(path.dirname(file));
    assert.equal(await failing.keep({ count: 2 }), true);
    assert.match(told[1] ?? '', /can be written again/);
    assert.deepEqual(await state().read(), { count: 2 });
  });
});
