import assert from 'node:assert/strict';
import dns from 'node:dns';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { suite, type TestContext, test } from 'node:test';
import tls from 'node:tls';
import { get } from '../../../src/models/httpGet.js';
import { networkReason } from '../../../src/models/networkReason.js';
import { CertificateAuthority, hasOpenssl } from '../../fixtures/certificates.js';

/** A proxy on a free port; nothing that it is asked for exists. */
async function proxy(
  t: TestContext,
  on: {
    get?: (request: IncomingMessage, response: ServerResponse) => void;
    connect?: (request: IncomingMessage, socket: Duplex) => void;
  },
): Promise<string> {
  const server = createServer((request, response) => on.get?.(request, response));
  const sockets = new Set<Duplex>();
  server.on('connect', (request, socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    on.connect?.(request, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** `a.example`, which holds a file and leads elsewhere, and the way to it. */
async function encrypted(t: TestContext, way: 'directly' | 'through a tunnel') {
  const authority = new CertificateAuthority(t);
  const { certificate, key } = authority.issue('DNS:a.example');
  const server = createTlsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: 'http://b.example/' });
    response.end('the file');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const host = await proxy(t, {
    connect(_request, socket) {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const through = connect(port, '127.0.0.1');
      socket.pipe(through).pipe(socket);
      // A pipe ends nothing when its source is destroyed: the server would wait for two minutes.
      socket.on('close', () => through.destroy());
    },
  });
  const env: Record<string, string> = way === 'directly' ? {} : { HTTPS_PROXY: host };
  if (way === 'directly') everyNameIsThisComputer(t);
  return { address: `https://a.example:${port}`, env, authority };
}

/** From now on, for the length of a test. */
function everyNameIsThisComputer(t: TestContext): void {
  t.mock.method(dns, 'lookup', (_name: string, { all }: dns.LookupOptions, found: (...answer: unknown[]) => void) => {
    process.nextTick(found, null, ...(all ? [[{ address: '127.0.0.1', family: 4 }]] : ['127.0.0.1', 4]));
  });
}

function ask(address: string, env: Record<string, string>, signal = new AbortController().signal) {
  return get(address, { env, signal });
}

async function text(answer: Awaited<ReturnType<typeof ask>>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

suite('a download through a proxy', () => {
  test('asks it for the whole address, with name and password', async (t) => {
    const seen: unknown[] = [];
    const host = await proxy(t, {
      get(request, response) {
        seen.push(request.url, request.headers.host, request.headers['proxy-authorization'], request.headers.range);
        response.end('the file');
      },
    });
    const env = { HTTP_PROXY: `http://me:p%40ss@${host}` };
    const signal = new AbortController().signal;
    const answer = await get('http://a.example/file', { env, signal, headers: { range: 'bytes=3-' } });
    assert.equal(await text(answer), 'the file');
    assert.deepEqual(seen, [
      'http://a.example/file',
      'a.example',
      `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
      'bytes=3-',
    ]);
  });

  test('begins to encrypt inside of a tunnel to the server', async (t) => {
    let target: string | undefined;
    let firstByte: number | undefined;
    const host = await proxy(t, {
      connect(request, socket) {
        target = request.url;
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.once('data', (data: Buffer) => {
          firstByte = data[0];
          socket.destroy();
        });
      },
    });
    await assert.rejects(ask('https://a.example/file', { HTTPS_PROXY: host }), { name: 'DownloadTrouble' });
    assert.equal(target, 'a.example:443');
    assert.equal(firstByte, 0x16, 'the handshake of TLS');
  });

  const answers: readonly (readonly [what: string, status: string, login: string, name: string, message: RegExp])[] = [
    ['asks for a password', '407 No', '', 'ProxyError', /asks for a name and a password.*HTTPS_PROXY=http:\/\/NAME/],
    ['wants another password', '407 No', 'me:secret@', 'ProxyError', /does not accept the name and password/],
    ['refuses', '403 No', '', 'ProxyError', /refuses the way to a\.example \(403\).*NO_PROXY/],
    ['does not get through', '502 No', '', 'DownloadTrouble', /does not reach a\.example \(502\)/],
  ];
  for (const [what, status, login, name, message] of answers) {
    test(`that ${what} is told as the proxy's doing, without the password`, async (t) => {
      const host = await proxy(t, { connect: (_request, socket) => socket.end(`HTTP/1.1 ${status}\r\n\r\n`) });
      const attempt = ask('https://a.example/file', { HTTPS_PROXY: `http://${login}${host}` });
      await assert.rejects(attempt, (error: Error) => {
        assert.equal(error.name, name, String(error));
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /secret/);
        return true;
      });
    });
  }

  test('that asks for a password for what is not encrypted is told so, too', async (t) => {
    const host = await proxy(t, { get: (_request, response) => response.writeHead(407).end() });
    await assert.rejects(ask('http://a.example/file', { HTTP_PROXY: host }), {
      name: 'ProxyError',
      message: /asks for a name and a password/,
    });
  });

  test('that is down is named', async () => {
    await assert.rejects(ask('https://a.example/file', { HTTPS_PROXY: 'http://127.0.0.1:1' }), {
      name: 'DownloadTrouble',
      message: /no answer through the proxy http:\/\/127\.0\.0\.1:1 \(HTTPS_PROXY\): connect ECONNREFUSED/,
    });
  });

  test('that says nothing is left at once when the download is stopped', async (t) => {
    const stop = new AbortController();
    const host = await proxy(t, { connect: () => stop.abort(new Error('enough')) });
    await assert.rejects(ask('https://a.example/file', { HTTPS_PROXY: host }, stop.signal), /enough/);
  });
});

suite('a download past a proxy', () => {
  const table: readonly (readonly [what: string, name: string, noProxy: string, way: string])[] = [
    ['goes to an excepted name', 'a.example', 'b.example, A.example', 'directly'],
    ['goes to what is below an excepted name', 'x.a.example', 'a.example', 'directly'],
    ['goes below a name that begins with a dot', 'x.a.example', '.a.example', 'directly'],
    ['goes below a name that begins with a star', 'x.a.example', '*.a.example', 'directly'],
    ['does not go to a name that only ends alike', 'xa.example', 'a.example', 'through the proxy'],
    ['goes to an excepted port', 'a.example', 'a.example:PORT', 'directly'],
    ['does not go to another port', 'a.example', 'a.example:1', 'through the proxy'],
    ['goes everywhere with a star', 'a.example', ' * ', 'directly'],
    ['goes nowhere else', 'a.example', '', 'through the proxy'],
  ];
  for (const [what, name, noProxy, way] of table) {
    test(what, async (t) => {
      const through = await proxy(t, { get: (_request, response) => response.end('through the proxy') });
      const host = await proxy(t, { get: (_request, response) => response.end('directly') });
      everyNameIsThisComputer(t);
      const port = host.split(':')[1] ?? '';
      const env = { HTTP_PROXY: through, NO_PROXY: noProxy.replace('PORT', port) };
      assert.equal(await text(await ask(`http://${name}:${port}/`, env)), way);
    });
  }

  test('does not blame the proxy', async (t) => {
    everyNameIsThisComputer(t);
    await assert.rejects(ask('https://a.example:1/', { HTTPS_PROXY: '127.0.0.1:1', NO_PROXY: 'a.example' }), {
      name: 'DownloadTrouble',
      message: 'connect ECONNREFUSED 127.0.0.1:1',
    });
  });
});

suite('a download', () => {
  test('leaves no connection behind when it is over', async (t) => {
    const closed: Promise<unknown>[] = [];
    const host = await proxy(t, {
      get(request, response) {
        closed.push(once(request.socket, 'close'));
        if (request.url === '/') response.writeHead(302, { location: '/moved' }).end();
        else response.end('the file');
      },
    });
    assert.equal(await text(await ask(`http://${host}/`, {})), 'the file');
    (await ask(`http://${host}/unread`, {})).close();
    assert.equal(closed.length, 3);
    await Promise.all(closed);
  });

  test('leaves no connection behind that was still being made', async (t) => {
    const stop = new AbortController();
    const closed: Promise<unknown>[] = [];
    const host = await proxy(t, {
      connect(_request, socket) {
        socket.write('HTTP/1.1 200 OK\r\n\r\n'); // and nothing that belongs to TLS
        socket.resume();
        closed.push(once(socket, 'end'));
        socket.once('data', () => stop.abort(new Error('enough')));
      },
    });
    await assert.rejects(ask('https://a.example/file', { HTTPS_PROXY: host }, stop.signal), /enough/);
    assert.equal(closed.length, 1);
    await Promise.all(closed);
  });

  const skip = !hasOpenssl && 'openssl is not installed';
  for (const way of ['directly', 'through a tunnel'] as const) {
    test(`arrives encrypted ${way}, and is never led to where nothing is`, { skip }, async (t) => {
      const { address, env, authority } = await encrypted(t, way);
      const plain = tls.connect;
      t.mock.method(tls, 'connect', (options: tls.ConnectionOptions) => plain({ ...options, ca: authority.pem }));
      assert.equal(await text(await ask(`${address}/file`, env)), 'the file');
      const message = /^a\.example:\d+ leads to b\.example, where nothing is encrypted$/;
      await assert.rejects(ask(`${address}/moved`, env), { name: 'DownloadTrouble', message });
    });

    test(`that reaches a stranger's certificate ${way} says so`, { skip }, async (t) => {
      const { address, env } = await encrypted(t, way);
      const message = /(self.signed certificate|unable to verify).*NODE_EXTRA_CA_CERTS/;
      await assert.rejects(ask(`${address}/file`, env), { name: 'DownloadTrouble', message });
    });
  }

  test('that is led in a circle ends', async (t) => {
    const host = await proxy(t, {
      get: (_request, response) => response.writeHead(302, { location: '/again' }).end(),
    });
    await assert.rejects(ask(`http://${host}/`, {}), /from one address to the next without end/);
  });

  test('that is led to nowhere says where', async (t) => {
    const host = await proxy(t, {
      get: (_request, response) => response.writeHead(302, { location: 'http://' }).end(),
    });
    await assert.rejects(ask(`http://${host}/`, {}), /leads to "http:\/\/", which is no address/);
  });

  test('keeps what arrived before it was cut, even when nobody had begun to read', async (t) => {
    const host = await proxy(t, {
      get(_request, response) {
        response.writeHead(200, { 'content-length': 100 });
        response.write('some', () => response.destroy());
      },
    });
    const answer = await ask(`http://${host}/`, {});
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    const pieces: string[] = [];
    await assert.rejects(
      async () => {
        for await (const piece of answer.body) pieces.push(Buffer.from(piece).toString());
      },
      { name: 'DownloadTrouble', message: 'the connection was cut' },
    );
    assert.deepEqual(pieces, ['some']);
  });

  test('that fails for a certificate says what the clock says', () => {
    const error = Object.assign(new Error('certificate is not yet valid'), { code: 'CERT_NOT_YET_VALID' });
    const said = networkReason(new Error('failed', { cause: error }), new Date(0));
    assert.match(said, /not yet valid\. The clock of this computer says 1970-01-01.*timedatectl set-ntp true/);
  });
});
