import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const WATCH = new URL('../../../../src/skills/own/floatingRejections.js', import.meta.url).href;

/** Runs a program in which a module lets a promise fail, while the modules of a folder are watched. */
function ran(t: TestContext, watched: (folder: string) => string) {
  const folder = temporaryFolder(t);
  const careless = path.join(folder, 'careless.mjs');
  writeFileSync(careless, 'export const spill = () => { Promise.reject(new Error("spilt")); };');
  const main = `
    import { watchFloatingRejections } from ${JSON.stringify(WATCH)};
    import { spill } from ${JSON.stringify(careless)};
    const unwatch = watchFloatingRejections(${JSON.stringify(watched(folder))}, (error) => console.log('told of', error.message));
    spill();
    setTimeout(() => { unwatch(); console.log('alive') }, 1);`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', main], { encoding: 'utf8' });
  return { status, stdout };
}

suite('a promise that fails while nobody waits for it', () => {
  test('does not end the program when it is one of the owner', (t) => {
    assert.deepEqual(
      ran(t, (folder) => folder),
      { status: 0, stdout: 'told of spilt\nalive\n' },
    );
  });

  test('ends it as ever when it is of anybody else', (t) => {
    assert.deepEqual(
      ran(t, () => fileURLToPath(new URL('.', import.meta.url))),
      { status: 1, stdout: '' },
    );
  });
});
