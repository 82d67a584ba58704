import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { suite, type TestContext, test } from 'node:test';
import { probeBroker } from '../../../src/mqtt/probeBroker.js';
import { freePort, mosquittoProgram, startMosquitto, WITHOUT_MOSQUITTO } from '../../fixtures/mosquitto.js';

const { signal } = new AbortController();
const program = mosquittoProgram();

const probe = (url: string, over = signal) =>
  probeBroker({ url, clientId: 'probe', username: '', password: undefined, ca: undefined }, over);

/** Something that listens, and hangs up on, or never answers, who connects. */
async function noBroker(t: TestContext, hangsUp: boolean): Promise<{ url: string; connections: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
    if (hangsUp) socket.end();
    t.after(() => socket.destroy());
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
}

suite('a probe of the broker', () => {
  test('finds nothing wrong with a good one', { skip: program === undefined && WITHOUT_MOSQUITTO }, async (t) => {
    const { url } = await startMosquitto(t, program ?? '');
    assert.equal(await probe(url), undefined);
  });

  test('says that nothing listens there', async () => {
    const trouble = await probe(`mqtt://127.0.0.1:${await freePort()}`);
    assert.equal(trouble?.reason, 'unreachable');
    assert.match(trouble.message, /ECONNREFUSED/);
  });

  test('tries the older protocol with one that hangs up, and then says so', async (t) => {
    const { url, connections } = await noBroker(t, true);
    assert.match((await probe(url))?.message ?? '', /hangs up without an answer/);
    assert.equal(connections(), 2);
  });

  test('ends at once when it is told to', async (t) => {
    const { url } = await noBroker(t, false);
    const stop = new AbortController();
    const probing = probe(url, stop.signal);
    stop.abort(new Error('stopped'));
    await assert.rejects(probing, /stopped/);
  });
});
