import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { modelsCheck } from '../../../../src/doctor/checks/models.js';
import type { Model } from '../../../../src/models/catalogue.js';
import { ModelStore } from '../../../../src/models/modelStore.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const { signal } = new AbortController();
const CONTENT = 'weights';
const hex = createHash('sha256').update(CONTENT).digest('hex');

const model = (id: string): Model => ({
  id,
  purpose: 'asr',
  language: 'en',
  licence: 'MIT',
  description: id,
  files: [{ name: 'a.onnx', bytes: CONTENT.length, checksum: { algorithm: 'sha256', hex } }],
  sources: [],
});

suite('the check of the model files', () => {
  test('finds what is missing, and what a worn card has changed, and says how to fetch both', async (t) => {
    const folder = temporaryFolder(t);
    const put = (id: string, content: string) => {
      mkdirSync(path.join(folder, id), { recursive: true });
      writeFileSync(path.join(folder, id, 'a.onnx'), content);
    };
    const store = new ModelStore(folder, { env: {}, models: ['one', 'two', 'three'].map(model) });
    const check = modelsCheck(store, ['one', 'two', 'three', 'one']);
    put('one', CONTENT);
    put('two', 'WEIGHTS');
    const { verdict, reason, remedy } = await check.run(signal);
    assert.equal(verdict, 'broken');
    assert.equal(reason, `two is damaged, three is missing in ${folder}`);
    assert.equal(remedy, 'pressel models fetch two three');
    put('two', CONTENT);
    put('three', CONTENT);
    assert.deepEqual(await check.run(signal), { verdict: 'ok', reason: `3 in ${folder}, all checksums right` });
  });
});
