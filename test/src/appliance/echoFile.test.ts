import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { type KeptEcho, keepEcho, readKeptEcho } from '../../../src/appliance/echoFile.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const READING = { noiseDb: -60, detectableDb: -48, echo: { delayMs: 90, levelDb: -30, tailMs: 200 } };
const KEPT: KeptEcho = {
  measuredAt: '2026-03-01T12:00:00.000Z',
  setup: { microphone: 'mic', speaker: 'box', volume: 80, inputGainDb: 0 },
  mode: 'text-guard',
  why: 'it is soft',
  measurement: { outcome: 'heard', ...READING, readings: [READING, { ...READING, echo: undefined }] },
};

describe('the kept echo', () => {
  it('is there again after a restart, in a folder that is made for it', async (t) => {
    const file = path.join(temporaryFolder(t), 'state', 'echo.json');
    assert.equal(readKeptEcho(file), undefined);
    await keepEcho(file, KEPT);
    assert.deepEqual(readKeptEcho(file), KEPT);
  });

  it('is not believed when it is damaged', async (t) => {
    const file = path.join(temporaryFolder(t), 'echo.json');
    await keepEcho(file, KEPT);
    const whole = readFileSync(file, 'utf8');
    for (const damaged of [
      '',
      whole.slice(0, 100),
      whole.replace('"text-guard"', '"loud"'),
      whole.replace('"mic"', '""'),
    ]) {
      writeFileSync(file, damaged);
      assert.equal(readKeptEcho(file), undefined, damaged);
    }
  });
});
