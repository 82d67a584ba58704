import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import type { ModelFile } from '../../../src/models/catalogue.js';
import { receive } from '../../../src/models/httpDownload.js';
import { PartialFile } from '../../../src/models/partialFile.js';
import { fetchFromUrl } from '../../../src/models/urlSource.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { DownloadClock } from './downloadClock.js';
import { type Answer, answering, faultyServer, serving, servingHalf } from './faultyServer.js';

const content = Buffer.alloc(200_000, 'a voice, of sorts. ');
const file: ModelFile = {
  name: 'voice.onnx',
  bytes: content.length,
  checksum: { algorithm: 'sha256', hex: createHash('sha256').update(content).digest('hex') },
};
const cut = servingHalf(content, (response) => response.destroy());

async function setUp(test: TestContext, ...answers: Answer[]) {
  const folder = temporaryFolder(test);
  const server = await faultyServer(test, ...answers);
  const clock = new DownloadClock();
  const destination = path.join(folder, file.name);
  const abort = new AbortController();
  const doneBytes: number[] = [];
  const fetchFile = (onBytes: () => void = () => undefined) =>
    fetchFromUrl(
      `${server.url}/voice.onnx`,
      file,
      destination,
      {
        clock,
        env: {},
        signal: abort.signal,
        onBytes: (bytes) => {
          doneBytes.push(bytes);
          onBytes();
        },
      },
      async (checked) => checked,
    );
  return { folder, server, clock, destination, abort, doneBytes, fetchFile };
}

suite('a download from a web server', () => {
  test('arrives whole, and not under its final name before it is installed', async (t) => {
    const { folder, doneBytes, fetchFile } = await setUp(t, serving(content));
    const arrived = await fetchFile();
    assert.deepEqual(readFileSync(arrived), content);
    assert.equal(doneBytes.at(-1), content.length);
    assert.equal(readdirSync(folder).includes(file.name), false);
  });

  test('goes on where the connection was cut, and says which version it has', async (t) => {
    const { server, clock, fetchFile } = await setUp(t, cut, serving(content));
    assert.deepEqual(readFileSync(await fetchFile()), content);
    assert.equal(server.requests[1]?.range, `bytes=${content.length / 2}-`);
    assert.equal(server.requests[1]?.ifRange, '"1"');
    assert.deepEqual(clock.pausesMs, [1000]);
  });

  test('begins again when the file changed on the server meanwhile', async (t) => {
    const old = servingHalf(Buffer.alloc(content.length, 'x'), (response) => response.destroy(), '"old"');
    const { fetchFile } = await setUp(t, old, serving(content));
    assert.deepEqual(readFileSync(await fetchFile()), content);
  });

  test('begins again when the server ignores the range', async (t) => {
    const ignoring: Answer = (_request, response) => response.writeHead(200).end(content);
    const { fetchFile } = await setUp(t, cut, ignoring);
    assert.deepEqual(readFileSync(await fetchFile()), content);
  });

  test('begins again when the server cannot give the rest', async (t) => {
    const { server, fetchFile } = await setUp(t, cut, answering(416), serving(content));
    assert.deepEqual(readFileSync(await fetchFile()), content);
    assert.equal(server.requests[2]?.range, undefined);
  });

  test('gives up after three attempts, and a later call goes on where it stopped', async (t) => {
    const { folder, server, fetchFile } = await setUp(t, cut, answering(503), answering(503), serving(content));
    await assert.rejects(fetchFile(), { name: 'ModelError', reason: 'offline', message: /3 attempts.*--from/ });
    assert.deepEqual(readdirSync(folder), ['voice.onnx.part']);
    assert.deepEqual(readFileSync(await fetchFile()), content);
    assert.equal(server.requests[3]?.range, `bytes=${content.length / 2}-`);
  });

  test('is fetched as a whole when the beginning left by an earlier call was of another file', async (t) => {
    const { destination, server, fetchFile } = await setUp(t, serving(content));
    writeFileSync(`${destination}.part`, 'something else altogether');
    assert.deepEqual(readFileSync(await fetchFile()), content);
    assert.deepEqual(
      server.requests.map((request) => request.range),
      ['bytes=25-', undefined],
    );
  });

  test('is refused and removed when its content is not the one described', async (t) => {
    const { folder, fetchFile } = await setUp(t, serving(Buffer.alloc(content.length, 'z')));
    const message = new RegExp(`voice.onnx.*expected sha256 ${file.checksum.hex}, got sha256 [0-9a-f]{64}`);
    await assert.rejects(fetchFile(), { reason: 'checksum', message });
    assert.deepEqual(readdirSync(folder), []);
  });

  test('is refused before it begins when another size is announced, as by a login page', async (t) => {
    const { doneBytes, fetchFile } = await setUp(t, serving(Buffer.from('<html>please log in</html>')));
    await assert.rejects(fetchFile(), { reason: 'checksum', message: /expected 200000 bytes, 26 bytes.*login page/ });
    assert.deepEqual(doneBytes, []);
  });

  test('leaves no connection behind where nothing can be written', async (t) => {
    let isOver = () => {};
    const closed = new Promise<void>((resolve) => {
      isOver = resolve;
    });
    const half = servingHalf(content, () => undefined);
    const { server, clock, destination } = await setUp(t, (request, response) => {
      response.on('close', isOver);
      half(request, response);
    });
    const part = await PartialFile.claim(destination);
    part.openToWrite = () => Promise.reject(new Error('no room'));
    const options = { clock, env: {}, signal: new AbortController().signal, onBytes: () => undefined };
    await assert.rejects(receive(`${server.url}/voice.onnx`, file, part, {}, options), /no room/);
    await closed;
  });

  test('is stopped when more is sent than the file has', async (t) => {
    const endless: Answer = (_request, response) => {
      response.writeHead(200);
      response.write(content, () => response.write(content));
    };
    const { fetchFile } = await setUp(t, endless);
    await assert.rejects(fetchFile(), { reason: 'checksum', message: /more are sent/ });
  });

  test('follows a redirect', async (t) => {
    const { fetchFile } = await setUp(t, answering(302, { location: '/elsewhere' }), serving(content));
    assert.deepEqual(readFileSync(await fetchFile()), content);
  });

  test('is not tried again when the server has no such file', async (t) => {
    const { server, fetchFile } = await setUp(t, answering(404));
    await assert.rejects(fetchFile(), { reason: 'notFound', message: /voice\.onnx does not exist \(404\)/ });
    assert.equal(server.requests.length, 1);
  });

  test('is not tried again when it is refused', async (t) => {
    const { fetchFile } = await setUp(t, answering(403));
    await assert.rejects(fetchFile(), { reason: 'refused', message: /403.*proxy/ });
  });

  test('that goes on counts as done from the first word what was there', async (t) => {
    const { destination, doneBytes, fetchFile } = await setUp(t, serving(content));
    writeFileSync(`${destination}.part`, content.subarray(0, content.length / 2));
    await fetchFile();
    assert.equal(doneBytes[0], content.length / 2);
  });

  test('is tried again when nothing arrives any more', async (t) => {
    const { clock, fetchFile } = await setUp(
      t,
      servingHalf(content, () => undefined),
      serving(content),
    );
    let halfwaySeen = false;
    const arrived = await fetchFile(() => {
      if (!halfwaySeen) setImmediate(() => clock.stall());
      halfwaySeen = true;
    });
    assert.deepEqual(readFileSync(arrived), content);
    assert.deepEqual(clock.pausesMs, [1000]);
  });

  test('ends at once when it is aborted, and keeps what it has', async (t) => {
    const { folder, abort, fetchFile } = await setUp(
      t,
      servingHalf(content, () => undefined),
    );
    const reason = new Error('enough');
    await assert.rejects(
      fetchFile(() => abort.abort(reason)),
      reason,
    );
    assert.deepEqual(readdirSync(folder), ['voice.onnx.part']);
  });
});
