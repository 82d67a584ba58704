import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { deviceId } from '../../../src/mqtt/deviceId.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

describe('The id of a device', () => {
  it('is the same from start to start, and another one elsewhere', async (test) => {
    const file = path.join(temporaryFolder(test), 'state', 'device-id');
    const id = await deviceId(file);
    assert.match(id, /^[0-9a-f]{12}$/);
    assert.equal(await deviceId(file), id);
    assert.notEqual(await deviceId(path.join(temporaryFolder(test), 'device-id')), id);
  });

  it('is drawn anew where the file holds none', async (test) => {
    const file = path.join(temporaryFolder(test), 'device-id');
    writeFileSync(file, '../../#\n');
    const id = await deviceId(file);
    assert.equal(readFileSync(file, 'utf8'), `${id}\n`);
  });

  it('is the same from start to start on a disk that takes nothing', async (test) => {
    const folder = temporaryFolder(test);
    writeFileSync(path.join(folder, 'full'), '');
    const file = path.join(folder, 'full', 'device-id');
    const id = await deviceId(file);
    assert.match(id, /^[0-9a-f]{12}$/);
    assert.equal(await deviceId(file), id);
  });
});
