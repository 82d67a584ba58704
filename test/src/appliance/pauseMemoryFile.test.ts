import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { PauseMemoryFile, stateFolder } from '../../../src/appliance/pauseMemoryFile.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

suite('the usual pause on disk', () => {
  test('is not known before the first, and there again after a restart', async (t) => {
    const file = path.join(temporaryFolder(t), 'state', 'pauses.json');
    const memory = new PauseMemoryFile(file);
    assert.equal(memory.usualMs, undefined);
    await memory.save();
    memory.usualMs = 812.4;
    await Promise.all([memory.save(), memory.save()]);
    assert.equal(new PauseMemoryFile(file).usualMs, 812);
    assert.deepEqual(readdirSync(path.dirname(file)), ['pauses.json']);
  });

  for (const damaged of ['', '{', '[]', '{"usualPauseMs":"long"}', '{"usualPauseMs":-1}', '{"usualPauseMs":1e9}']) {
    test(`is not known from ${damaged || 'an empty file'}`, (t) => {
      const file = path.join(temporaryFolder(t), 'pauses.json');
      writeFileSync(file, damaged);
      assert.equal(new PauseMemoryFile(file).usualMs, undefined);
    });
  }

  test('says when it cannot be kept, and is kept as soon as it can', async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(path.join(folder, 'state'), 'in the way');
    const memory = new PauseMemoryFile(path.join(folder, 'state', 'pauses.json'));
    memory.usualMs = 500;
    await assert.rejects(memory.save(), { code: 'EEXIST' });
  });

  test('is where the service manager says, else where the user keeps state', () => {
    assert.equal(stateFolder({ STATE_DIRECTORY: '/var/lib/pressel' }, '/home/ada'), '/var/lib/pressel');
    assert.equal(stateFolder({ XDG_STATE_HOME: '/state' }, '/home/ada'), '/state/pressel');
    assert.equal(stateFolder({}, '/home/ada'), '/home/ada/.local/state/pressel');
  });
});
