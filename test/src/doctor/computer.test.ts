import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { suite, test } from 'node:test';
import { thisComputer } from '../../../src/doctor/computer.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const { signal } = new AbortController();
const computer = thisComputer({ PATH: process.env['PATH'] });

suite('this computer', () => {
  test('tells of files what there is to tell, and of missing ones that they are missing', async (t) => {
    const folder = temporaryFolder(t);
    const file = path.join(folder, 'file');
    writeFileSync(file, 'text');
    chmodSync(file, 0o640);
    mkdirSync(path.join(folder, 'links'));
    symlinkSync('socket:[3]', path.join(folder, 'links', '4'));
    const none = path.join(folder, 'none');
    assert.equal(await computer.text(file), 'text');
    assert.equal(await computer.text(none), undefined);
    assert.deepEqual(await computer.names(folder), ['file', 'links']);
    assert.deepEqual(await computer.names(none), []);
    assert.deepEqual(await computer.links(path.join(folder, 'links')), ['socket:[3]']);
    assert.equal((await computer.permissions(file))?.mode, 0o100640);
    assert.equal(await computer.permissions(none), undefined);
    assert.deepEqual([await computer.usable(file), await computer.usable(none)], ['yes', 'missing']);
    assert.ok(((await computer.space(path.join(none, 'deeper')))?.freeBytes ?? 0) > 0, 'of the disk that will hold it');
  });

  test('runs programs, however they end, and knows of those that are not there', async () => {
    assert.deepEqual(await computer.run(['sh', '-c', 'echo out; echo err >&2; exit 3'], signal), {
      status: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    assert.equal(await computer.run(['/no/such/program'], signal), undefined);
    const stop = new AbortController();
    const running = computer.run(['sleep', '60'], stop.signal);
    stop.abort(new Error('stopped'));
    await assert.rejects(running, /stopped/);
  });

  test('waits for no server that takes a question, or begins an answer, and leaves it at that', async (t) => {
    const server = http.createServer((request, response) => {
      if (request.url === '/begins') response.writeHead(200).write('{');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const impatient = thisComputer({}, 30);
    for (const path of ['/takes', '/begins']) {
      await assert.rejects(impatient.get(url + path, {}, signal), { code: 'ETIMEDOUT' });
    }
    await assert.rejects(impatient.post(url, {}, AbortSignal.abort(new Error('stopped'))), /stopped/);
  });
});
