import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { suite, type TestContext, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Access } from '../../../../src/inspector/http/access.js';
import { InspectorServer } from '../../../../src/inspector/http/inspectorServer.js';
import { type ServerMessage, SUBPROTOCOL } from '../../../../src/inspector/protocol.js';
import { liveRig, NOTHING_AT_WORK } from '../../../fixtures/inspector/liveRig.js';
import { RecordedLog } from '../../../fixtures/recordedLog.js';

/** The appliance behind a real server, and pages that connect to it as browsers do. */
async function served(t: TestContext) {
  const rig = await liveRig(t);
  const log = new RecordedLog();
  const server = new InspectorServer({
    access: new Access({ token: undefined, hosts: [], clock: rig.clock, log }),
    files: new Map(),
    made: () => undefined,
    onLive: (socket) => rig.hub.connect(socket),
    log,
  });
  const { port } = await server.listen('127.0.0.1', 0);
  t.after(() => server.close());
  const open = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, SUBPROTOCOL);
    const told: ServerMessage[] = [];
    socket.on('message', (data) => told.push(JSON.parse(String(data))));
    await once(socket, 'message');
    const until = async (isThere: (message: ServerMessage) => boolean) => {
      while (!told.some(isThere)) await once(socket, 'message');
    };
    return { socket, told, until };
  };
  const empty = async () => {
    while (rig.hub.size > 0) await settle();
  };
  return { ...rig, log, port, open, empty };
}

suite('a page over a real connection', () => {
  test('sees a turn that it has asked for, from the question to the row', async (t) => {
    const { open, passes, turn, empty, atWork } = await served(t);
    const { socket, told, until } = await open();
    assert.equal(told[0]?.type, 'snapshot');
    socket.send(JSON.stringify({ type: 'watch', trace: false, health: false, words: true }));
    await until((message) => message.type === 'snapshot' && message !== told[0]);
    socket.send(JSON.stringify({ type: 'ask', question: 'Who was Ada?' }));
    while (turn() === '{"idle":"ready"}') await settle();
    await passes(5_000);
    await until((message) => message.type === 'turn' && message.turn.transcript === 'Who was Ada?');
    socket.close();
    await empty();
    assert.deepEqual(atWork(), NOTHING_AT_WORK);
  });

  test('is closed with the code of a violation when it says what pages do not', async (t) => {
    const { open, empty, atWork } = await served(t);
    const { socket } = await open();
    socket.send('{"type":"shutdown"}');
    const [code] = await once(socket, 'close');
    assert.equal(code, 1008);
    await empty();
    assert.deepEqual(atWork(), NOTHING_AT_WORK);
  });

  test('that sends too much, or frames that are none, harms nobody but itself', async (t) => {
    const { open, hub, port } = await served(t);
    const good = await open();
    const { socket } = await open();
    socket.send('x'.repeat(100_000));
    const [code] = await once(socket, 'close');
    assert.equal(code, 1009);
    const tcp = connectTcp(port, '127.0.0.1');
    const head = [
      'GET /live HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      `Sec-WebSocket-Protocol: ${SUBPROTOCOL}`,
    ];
    tcp.write(`${head.join('\r\n')}\r\n\r\n`);
    await once(tcp, 'data');
    tcp.resume();
    tcp.write(Buffer.from([0xff, 0xff, 0xff, 0xff])); // reserved bits, unknown opcode, not what a length is
    await once(tcp, 'close');
    while (hub.size > 1) await settle();
    assert.equal(good.socket.readyState, WebSocket.OPEN);
    good.socket.terminate();
  });
});
