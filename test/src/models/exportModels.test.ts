import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import type { Model } from '../../../src/models/catalogue.js';
import { CHECKSUM_FILE, exportModels } from '../../../src/models/exportModels.js';
import { ModelError } from '../../../src/models/modelError.js';
import { ModelStore } from '../../../src/models/modelStore.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const CONTENT = 'the weights';
const HASH = createHash('sha256').update(CONTENT).digest('hex');
const model = (id: string): Model => ({
  id,
  purpose: 'asr',
  language: 'en',
  licence: 'MIT',
  description: id,
  files: [{ name: 'model.onnx', bytes: CONTENT.length, checksum: { algorithm: 'sha256', hex: HASH } }],
  sources: [],
});
const MODELS = [model('one'), model('two')];
const signal = new AbortController().signal;

function places(t: TestContext) {
  const folder = temporaryFolder(t);
  const store = new ModelStore(path.join(folder, 'here'), { env: {}, models: MODELS });
  for (const { id } of MODELS) {
    mkdirSync(path.join(store.folder, id), { recursive: true });
    writeFileSync(store.path(id, 'model.onnx'), CONTENT);
  }
  return { store, stick: path.join(folder, 'stick') };
}

suite('exporting models', () => {
  test('makes a folder that another computer takes them from, with their checksums', async (t) => {
    const { store, stick } = places(t);
    assert.deepEqual(await exportModels(store, ['one', 'two', 'one'], stick, { signal }), [
      { id: 'one', copied: true },
      { id: 'two', copied: true },
    ]);
    assert.equal(
      readFileSync(path.join(stick, CHECKSUM_FILE), 'utf8'),
      `${HASH}  one/model.onnx\n${HASH}  two/model.onnx\n`,
    );
    const other = new ModelStore(path.join(stick, '..', 'other'), { env: {}, models: MODELS });
    await other.fetch('two', { signal, from: stick });
    assert.equal(await other.status('two'), 'present');
  });

  test('copies what is missing or damaged there, and nothing else', async (t) => {
    const { store, stick } = places(t);
    await exportModels(store, ['one', 'two'], stick, { signal });
    writeFileSync(path.join(stick, 'two', 'model.onnx'), 'the wights!');
    const copied = await exportModels(store, ['one', 'two'], stick, { signal });
    assert.deepEqual(
      copied.map((each) => each.copied),
      [false, true],
    );
    assert.equal(readFileSync(path.join(stick, 'two', 'model.onnx'), 'utf8'), CONTENT);
  });

  test('refuses a disk that is too full before it begins', async (t) => {
    const { store, stick } = places(t);
    const statFs = async () => ({ bavail: 1, bsize: 4096 });
    await assert.rejects(
      exportModels(store, ['one'], stick, { signal, statFs }),
      (error) => error instanceof ModelError && error.reason === 'noSpace',
    );
    assert.equal(existsSync(path.join(stick, 'one')), false);
  });

  test('refuses a model that is missing or damaged here, and says how to mend it', async (t) => {
    const { store, stick } = places(t);
    writeFileSync(store.path('one', 'model.onnx'), 'the wights!');
    await assert.rejects(
      exportModels(store, ['two', 'one'], stick, { signal }),
      /one is damaged.*pressel models fetch one/,
    );
    assert.equal(existsSync(stick), false);
  });
});
