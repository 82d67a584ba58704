import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { suite, test } from 'node:test';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../../../src/inspector/protocol.js';
import { ask, connectLive, type Got, raw, serving, withToken } from '../../../fixtures/inspector/servedInspector.js';

suite('the inspector wears no attack out', { timeout: 30_000 }, () => {
  test('a body of ten megabytes, on anything', async (t) => {
    const { port, token } = await serving(t);
    const body = Buffer.alloc(10 * 2 ** 20, 'a');
    for (const [method, target, status] of [
      ['POST', '/login', 413],
      ['GET', '/', 413],
      ['PUT', '/', 405],
    ] as const) {
      const got = await ask(port, target, { method, body, headers: withToken(token) }).catch(() => undefined);
      assert.ok(got === undefined || got.status === status, `${method} ${target}: ${got?.status}`);
    }
    assert.equal((await ask(port, '/', { headers: withToken(token) })).status, 200);
  });

  test('a head that is too long', async (t) => {
    const { port } = await serving(t);
    const got = await ask(port, `/${'a'.repeat(20_000)}`).catch(() => undefined);
    assert.ok(got === undefined || got.status === 400 || got.status === 431);
  });

  test('a thousand connections: the first are kept, the rest go, and others get in', async (t) => {
    const { port, token } = await serving(t);
    const sockets = await Promise.all(
      Array.from({ length: 1_000 }, async () => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => {});
        socket.resume();
        await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
        return socket;
      }),
    );
    while (sockets.filter((socket) => !socket.destroyed && socket.readyState === 'open').length > 128) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const socket of sockets) socket.destroy();
    for (let got: Got | undefined; got?.status !== 200; ) {
      got = await ask(port, '/', { headers: withToken(token) }).catch(() => undefined);
    }
  });

  test('requests that never end', async (t) => {
    const { port } = await serving(t);
    const head = await raw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    const body = await raw(port, 'POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\ntoken=');
    head.resume();
    body.resume();
    await Promise.all([once(head, 'close'), once(body, 'close')]);
  });

  test('more requests than people make', async (t) => {
    const { port, token, clock } = await serving(t);
    const statuses: number[] = [];
    for (let time = 0; time < 120; time++) {
      statuses.push((await ask(port, '/metrics', { headers: withToken(token) })).status);
    }
    assert.equal(statuses.filter((status) => status === 200).length, 100);
    assert.equal(statuses.at(-1), 429);
    clock.increment(1_000);
    assert.equal((await ask(port, '/metrics', { headers: withToken(token) })).status, 200);
  });

  test('what is no HTTP, and what is no WebSocket', async (t) => {
    const { port, token, live } = await serving(t);
    for (const bytes of [
      '\x16\x03\x01 TLS',
      'SSH-2.0-x\r\n\r\n',
      '\0\0\0\0\r\n\r\n',
      'GET /live HTTP/1.1\r\nUpgrade: x\r\n\r\n',
    ]) {
      const socket = await raw(port, bytes);
      socket.resume();
      await once(socket, 'close');
    }
    const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, SUBPROTOCOL, { headers: withToken(token) });
    await once(socket, 'open');
    const [served] = live;
    assert.ok(served);
    const ended = new Promise((resolve) => served.once('close', resolve));
    // A frame with reserved bits, and without the mask that every client's has.
    Reflect.get(socket, '_socket').write(Buffer.from([0xf1, 0x05, 1, 2, 3, 4, 5]));
    await ended;
    const large = new WebSocket(`ws://127.0.0.1:${port}/live`, SUBPROTOCOL, { headers: withToken(token) });
    large.on('error', () => {});
    await once(large, 'open');
    large.send('a'.repeat(70_000));
    const [code] = await once(large, 'close');
    assert.equal(code, 1009);
  });

  test('more pages than it keeps up to date', async (t) => {
    const { port, token } = await serving(t);
    const open = Array.from(
      { length: 40 },
      () => new WebSocket(`ws://127.0.0.1:${port}/live`, SUBPROTOCOL, { headers: withToken(token) }),
    );
    await Promise.all(open.map((socket) => once(socket, 'open')));
    assert.equal(await connectLive(port, withToken(token)), 503);
    for (const socket of open) socket.terminate();
  });
});
