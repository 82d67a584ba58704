import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import { newAccessToken } from '../../../../src/inspector/http/accessToken.js';
import { SUBPROTOCOL } from '../../../../src/inspector/protocol.js';
import { ask, connectLive, PAGE, raw, serving, withToken } from '../../../fixtures/inspector/servedInspector.js';

suite('the inspector lets nobody in without the token', { timeout: 20_000 }, () => {
  test('shows where to give it to browsers, and a line to others', async (t) => {
    const { port } = await serving(t);
    const shown = await ask(port, '/', { headers: { accept: 'text/html' } });
    assert.equal(shown.status, 401);
    assert.match(shown.body, /<form method="post" action="\/login">/);
    for (const target of ['/', '/assets/index-1a2b.js', '/metrics', '/turns/1-1.jsonl', '/nothing']) {
      const { status, body } = await ask(port, target);
      assert.equal(status, 401, target);
      assert.equal(body, 'A token is needed.\n');
    }
  });

  test('takes it from a link once, then from the cookie, or as a bearer', async (t) => {
    const { port, token } = await serving(t);
    const entered = await ask(port, `/?token=${token}`);
    assert.equal(entered.status, 303);
    assert.equal(entered.headers.location, '/');
    const [cookie = ''] = entered.headers['set-cookie'] ?? [];
    assert.match(cookie, /; HttpOnly; SameSite=Lax;/);
    const shown = await ask(port, '/', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    assert.deepEqual([shown.status, shown.body], [200, PAGE]);
    assert.equal((await ask(port, '/metrics', { headers: { authorization: `Bearer ${token}` } })).body, 'turns 1\n');
    assert.equal((await ask(port, `/metrics?token=${token}`)).status, 401, 'only the page takes it from its address');
  });

  test('takes it from the form', async (t) => {
    const { port, token } = await serving(t);
    const form = (given: string) =>
      ask(port, '/login', {
        method: 'POST',
        body: `token=${encodeURIComponent(given)}`,
        headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      });
    const refused = await form('<b>no</b>');
    assert.equal(refused.status, 401);
    assert.doesNotMatch(refused.body, /<b>no/);
    assert.equal((await form(` ${token} `)).status, 303);
  });

  test('knows it by its hash only, and a new one from now on', async (t) => {
    const { port, token, tokenFile, clock } = await serving(t);
    assert.doesNotMatch(await readFile(tokenFile, 'utf8'), new RegExp(token));
    assert.equal((await ask(port, '/', { headers: withToken(token) })).status, 200);
    const next = await newAccessToken(tokenFile, new Date());
    clock.increment(2_000);
    assert.equal((await ask(port, '/', { headers: withToken(token) })).status, 401);
    assert.equal((await ask(port, '/', { headers: withToken(next) })).status, 200);
    await writeFile(tokenFile, 'damaged');
    clock.increment(2_000);
    assert.equal((await ask(port, '/', { headers: withToken(next) })).status, 401, 'without one nothing opens');
  });

  test('locks out who guesses, for ten minutes, and not who repeats an old one', async (t) => {
    const { port, token, clock, log } = await serving(t);
    for (let time = 0; time < 50; time++) {
      assert.equal((await ask(port, '/', { headers: withToken('of last year') })).status, 401);
    }
    assert.equal((await ask(port, '/', { headers: withToken(token) })).status, 200);
    clock.increment(60_000);
    for (let guess = 0; guess < 10; guess++) {
      assert.equal((await ask(port, '/', { headers: withToken(`guess ${guess}`) })).status, 401);
    }
    assert.equal((await ask(port, '/', { headers: withToken(token) })).status, 429, 'the right one, too');
    assert.equal(log.complaints.length, 1);
    clock.increment(600_000);
    assert.equal((await ask(port, '/', { headers: withToken(token) })).status, 200);
  });

  test('asks for none where only this computer reaches it', async (t) => {
    const { port } = await serving(t, { needsToken: false });
    assert.equal((await ask(port, '/')).status, 200);
  });
});

suite('the inspector is steered by its own page only', { timeout: 20_000 }, () => {
  test('which comes from a host of this computer', async (t) => {
    const { port, token } = await serving(t);
    const from = async (host: string) => (await ask(port, '/', { headers: { ...withToken(token), host } })).status;
    for (const host of [`localhost:${port}`, 'LOCALHOST', `[::1]:${port}`, 'pressel.example', '127.0.0.1.']) {
      assert.equal(await from(host), 200, host);
    }
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'localhost.evil']) {
      assert.equal(await from(host), 403, host);
    }
    for (const host of ['a b', 'user@localhost', 'localhost:99999999', '[::1', 'localhost/x']) {
      assert.equal(await from(host), 400, host);
    }
    const nameless = await raw(port, 'GET / HTTP/1.0\r\n\r\n');
    assert.match(await text(nameless), /^HTTP\/1\.1 400 /);
  });

  test('and not from a page of somebody else', async (t) => {
    const { port, token } = await serving(t);
    const own = `http://127.0.0.1:${port}`;
    for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${port + 1}`, `${own}.evil.example`]) {
      assert.equal((await ask(port, '/', { headers: { ...withToken(token), origin } })).status, 403, origin);
      assert.equal(await connectLive(port, { ...withToken(token), origin }), 403, origin);
    }
    assert.equal((await ask(port, '/', { headers: { ...withToken(token), origin: own } })).status, 200);
    assert.equal(await connectLive(port, { ...withToken(token), origin: own }), 'open');
  });

  test('over a WebSocket that is asked for properly', async (t) => {
    const { port, token } = await serving(t);
    assert.equal(await connectLive(port, {}), 401);
    assert.equal(await connectLive(port, withToken('wrong')), 401);
    assert.equal(await connectLive(port, { ...withToken(token), host: 'evil.example' }), 403);
    assert.equal(await connectLive(port, withToken(token), 'pressel.inspector.v0'), 400);
    assert.equal(await connectLive(port, withToken(token), SUBPROTOCOL, '/other'), 404);
    assert.equal(await connectLive(port, withToken(token)), 'open');
  });

  test('within a policy that no foreign script passes', async (t) => {
    const { port, token } = await serving(t);
    const { headers } = await ask(port, '/', { headers: withToken(token) });
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['access-control-allow-origin'], undefined);
  });
});

suite('the inspector gives its own files only', { timeout: 20_000 }, () => {
  test('and no other, whatever path is asked for', async (t) => {
    const { port, token } = await serving(t);
    const paths = [
      '/../secret.json',
      '/%2e%2e/secret.json',
      '/assets/../../secret.json',
      '/assets/..%2f..%2fsecret.json',
      '/..%5c..%5csecret.json',
      '/assets/%00',
      '//evil.example/',
      '/%',
      '/index.html/',
    ];
    for (const target of paths) {
      const { status, body } = await ask(port, target, { headers: withToken(token) });
      assert.ok(status === 404 || status === 400 || body === PAGE, `${target}: ${status} ${body}`);
      assert.doesNotMatch(body, /nobody may read/);
    }
  });

  test('small, and again only when they have changed', async (t) => {
    const { port, token } = await serving(t);
    const headers = { ...withToken(token), 'accept-encoding': 'gzip' };
    const script = await ask(port, '/assets/index-1a2b.js', { headers });
    assert.equal(script.headers['content-encoding'], 'gzip');
    assert.match(String(script.headers['cache-control']), /immutable/);
    const page = await ask(port, '/', { headers: withToken(token) });
    assert.equal(page.headers['cache-control'], 'no-cache');
    const again = await ask(port, '/', {
      headers: { ...withToken(token), 'if-none-match': String(page.headers.etag) },
    });
    assert.deepEqual([again.status, again.body], [304, '']);
    const head = await ask(port, '/', { method: 'HEAD', headers: withToken(token) });
    assert.deepEqual([head.status, head.body, head.headers['content-length']], [200, '', String(PAGE.length)]);
  });
});
