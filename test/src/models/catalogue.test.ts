import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { catalogue, VAD_MODEL_ID } from '../../../src/models/catalogue.js';

suite('the catalogue of models', () => {
  test('has every id once, and the models that the program relies on', () => {
    const ids = catalogue.map((model) => model.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of [VAD_MODEL_ID, 'moonshine-tiny-en', 'en_US-amy-low', 'en_US-lessac-medium'])
      assert.ok(ids.includes(id));
  });

  for (const model of catalogue) {
    test(`${model.id} is fully described and has a source for every file`, () => {
      assert.match(model.language, /^(any|[a-z]{2}(-[A-Z]{2})?)$/);
      assert.ok(model.licence && model.description && model.files.length > 0 && model.sources.length > 0);
      const names = model.files.map((file) => file.name);
      for (const { name, bytes, checksum } of model.files) {
        assert.match(name, /^[\w.-]+$/); // a plain name: nothing can be written outside the model's folder
        assert.ok(Number.isSafeInteger(bytes) && bytes > 0);
        assert.match(checksum.hex, checksum.algorithm === 'sha256' ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{32}$/);
      }
      for (const source of model.sources) {
        assert.deepEqual(Object.keys(source.kind === 'npm' ? source.paths : source.files), names);
      }
    });
  }

  test('pins npm packages to one version and one tarball, and web addresses to one revision or release', () => {
    for (const source of catalogue.flatMap((model) => model.sources)) {
      if (source.kind === 'npm') {
        assert.match(source.package, /^@?[\w./-]+@\d+\.\d+\.\d+$/);
        const [algorithm, hash = ''] = source.integrity.split('-');
        assert.equal(algorithm, 'sha512');
        assert.equal(Buffer.from(hash, 'base64').length, 64);
        for (const inside of Object.values(source.paths)) assert.match(inside, /^package\/[\w./-]+$/);
      } else {
        const pinned = /^https:.*\/(resolve\/[0-9a-f]{40}|releases\/download\/v\d+\.\d+\.\d+)\//;
        for (const address of Object.values(source.files)) assert.match(address, pinned);
      }
    }
  });
});
