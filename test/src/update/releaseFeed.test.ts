import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { chooseFeed, readFeed } from '../../../src/update/releaseFeed.js';
import { update } from '../../../src/update/update.js';
import { UpdateError, type UpdateFailure } from '../../../src/update/updateError.js';
import { fakeInstallation, releaseFolder } from '../../fixtures/fakeInstallation.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const options = { env: {}, signal: new AbortController().signal };

function because(reason: UpdateFailure, pattern: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof UpdateError && error.reason === reason, String(error));
    assert.match(error.message, pattern);
    return true;
  };
}

/** A server of a folder's files, which can be told to break off one of them once. */
async function serve(test: TestContext, folder: string) {
  const cut = new Map<string, number>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const name = path.basename(request.url ?? '');
    requests.push(name);
    let content: Buffer;
    try {
      content = readFileSync(path.join(folder, name));
    } catch {
      response.writeHead(404).end();
      return;
    }
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': content.length - start,
      ...(start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    const end = cut.get(name);
    cut.delete(name);
    if (end === undefined) response.end(content.subarray(start));
    else response.write(content.subarray(start, end), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/release.json`;
  return { url, cut, requests };
}

/** A key pair, and a folder whose release is signed with it. */
async function signedRelease(test: TestContext) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { folder } = await releaseFolder(test, '0.3.0');
  const content = readFileSync(path.join(folder, 'release.json'));
  writeFileSync(path.join(folder, 'release.json.sig'), `${sign(null, content, privateKey).toString('base64')}\n`);
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  return { folder, key };
}

describe('a release', () => {
  test('comes from a server, over a connection that is cut, to its end', async (t) => {
    const { installation, options: updateOptions } = await fakeInstallation(t);
    const { folder, file } = await releaseFolder(t, '0.3.0');
    const { url, cut, requests } = await serve(t, folder);
    cut.set(path.basename(file), 60);
    const release = await readFeed({ kind: 'url', url }, '', options);
    assert.equal(release.notes, '- What is new.');
    await update(installation, { kind: 'url', url }, release, updateOptions);
    assert.equal(await installation.linked('current'), '0.3.0');
    assert.deepEqual(requests, ['release.json', path.basename(file), path.basename(file)]);
  });

  test('from a server that has something else in its place is refused', async (t) => {
    const { installation, options: updateOptions } = await fakeInstallation(t);
    const { folder, file, release } = await releaseFolder(t, '0.3.0');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0));
    const { url } = await serve(t, folder);
    await assert.rejects(
      update(installation, { kind: 'url', url }, release, updateOptions),
      because('badArchive', /is not the file it should be: expected sha256/),
    );
    assert.equal(await installation.linked('current'), '0.2.0');
  });

  test('is found by its folder or its release.json', async (t) => {
    const { folder } = await releaseFolder(t, '0.3.0');
    for (const from of [folder, path.join(folder, 'release.json')]) {
      assert.deepEqual(await chooseFeed(from, ''), { kind: 'folder', folder });
    }
    await assert.rejects(chooseFeed(path.join(folder, 'nothing'), ''), because('noFeed', /neither a folder nor/));
    await assert.rejects(chooseFeed(undefined, ''), because('noFeed', /--from FOLDER.*update\.url/));
  });

  test('is believed when its signature is right, and not when anything differs', async (t) => {
    const { folder, key } = await signedRelease(t);
    const place = { kind: 'folder', folder } as const;
    assert.equal((await readFeed(place, key, options)).version, '0.3.0');
    const { key: otherKey } = await signedRelease(t);
    await assert.rejects(readFeed(place, otherKey, options), because('badFeed', /not signed with the key/));
    const file = path.join(folder, 'release.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('0.3.0', '0.3.1'));
    await assert.rejects(readFeed(place, key, options), because('badFeed', /not signed with the key/));
  });

  test('without a signature is refused where a key is configured', async (t) => {
    const { folder } = await releaseFolder(t, '0.3.0');
    const { key } = await signedRelease(t);
    await assert.rejects(
      readFeed({ kind: 'folder', folder }, key, options),
      because('unreachable', /release\.json\.sig cannot be read/),
    );
  });

  test('over plain HTTP from elsewhere needs a key', async () => {
    const place = { kind: 'url', url: 'http://releases.invalid/release.json' } as const;
    await assert.rejects(readFeed(place, '', options), because('badFeed', /is not encrypted/));
  });

  for (const bytes of [0, 1, 60]) {
    test(`whose description is cut after ${bytes} bytes cannot be reached, and leaves no connection`, async (t) => {
      const { folder } = await releaseFolder(t, '0.3.0');
      const { url, cut } = await serve(t, folder);
      cut.set('release.json', bytes);
      const place = { kind: 'url', url } as const;
      await assert.rejects(readFeed(place, '', options), because('unreachable', /the connection was cut|hang up/));
      assert.equal((await readFeed(place, '', options)).version, '0.3.0');
    });
  }

  for (const [name, answer] of [
    ['stalls', (response: ServerResponse) => response.write('{')],
    ['says nothing', () => undefined],
  ] as const) {
    test(`of a server that ${name} is given up after 15 s`, async (t) => {
      const limits = new Map<number, () => void>();
      const clock = {
        now: () => 0,
        setTimeout: (end: () => void, limitMs: number) => limits.set(limitMs, end),
        clearTimeout: () => limits.clear(),
      };
      const server = createServer((_request, response) => {
        answer(response);
        setImmediate(() => limits.get(15_000)?.());
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      t.after(() => server.close()); // which waits for connections that are left open
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/release.json`;
      const late = because('unreachable', /it was not there within 15 s/);
      await assert.rejects(readFeed({ kind: 'url', url }, '', { ...options, clock }), late);
      assert.equal(limits.size, 0);
    });
  }

  test('that a server does not have cannot be reached', async (t) => {
    const { url } = await serve(t, temporaryFolder(t));
    await assert.rejects(
      readFeed({ kind: 'url', url }, '', options),
      because('unreachable', /the server answered 404/),
    );
  });

  for (const [name, text, pattern] of [
    ['a login page', '<html>', /it is not JSON\. A login page/],
    ['a version that is a path', '{"version":"../../etc"}', /version: a version such as 1\.2\.3/],
    [
      'an archive that lies elsewhere',
      '{"version":"1.0.0","minimumNode":"20.0.0","notes":"","archives":{"x64":{"file":"../x","bytes":1,"sha256":"","unpackedBytes":1}}}',
      /archives\.x64\.file: a file name without folders/,
    ],
    ['more than a megabyte', ' '.repeat(1_000_001), /more than 1000000 bytes/],
  ] as const) {
    test(`is not ${name}`, async (t) => {
      const folder = temporaryFolder(t);
      writeFileSync(path.join(folder, 'release.json'), text);
      await assert.rejects(readFeed({ kind: 'folder', folder }, '', options), because('badFeed', pattern));
    });
  }
});
