import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SimulatedClock } from 'xstate';
import { LiveClient } from '../../../../src/inspector/live/liveClient.js';
import type { ClientMessage } from '../../../../src/inspector/protocol.js';
import { FakeSocket } from '../../../fixtures/inspector/fakeSocket.js';
import { liveRig, NOTHING_AT_WORK } from '../../../fixtures/inspector/liveRig.js';

const POLICY_VIOLATION = 1008;

function connected() {
  const socket = new FakeSocket();
  const clock = new SimulatedClock();
  const heard: ClientMessage[] = [];
  let gone = 0;
  const client = new LiveClient(socket, clock, {
    onMessage: (message) => heard.push(message),
    onGone: () => {
      gone += 1;
    },
  });
  return { socket, clock, client, heard, gone: () => gone };
}

suite('a page that says', () => {
  const proper: ClientMessage[] = [
    { type: 'watch', trace: true, health: false, words: true },
    { type: 'button', pressed: true },
    { type: 'command', command: 'mute' },
    { type: 'command', command: 'unmute' },
    { type: 'command', command: 'cancel' },
    { type: 'ask', question: 'What is the time?' },
    { type: 'volume', percent: 40 },
    { type: 'volume', isMuted: true },
    { type: 'doctor' },
  ];
  test('what pages say is heard', () => {
    const { socket, heard } = connected();
    for (const message of proper) socket.says(message);
    assert.deepEqual(heard, proper);
    assert.equal(socket.closedWith, undefined);
  });

  const improper: readonly (readonly [what: string, text: string])[] = [
    ['nothing', ''],
    ['no JSON', '{"type":"doctor"'],
    ['no object', '"doctor"'],
    ['a list', '[{"type":"doctor"}]'],
    ['null', 'null'],
    ['something unknown', '{"type":"shutdown"}'],
    ['an order of the hardware', '{"type":"command","command":"button.pressed"}'],
    ['more than there is', '{"type":"doctor","sound":true}'],
    ['less than there is', '{"type":"watch","trace":true,"words":true}'],
    ['a text where there is a number', '{"type":"volume","percent":"40"}'],
    ['a volume that there is not', '{"type":"volume","percent":101}'],
    ['a prototype', '{"type":"button","pressed":true,"__proto__":{"x":1}}'],
    ['more than a question', JSON.stringify({ type: 'ask', question: 'x'.repeat(70_000) })],
  ];
  for (const [what, text] of improper) {
    test(`${what} is disconnected`, () => {
      const { socket, heard, gone } = connected();
      socket.saysText(text);
      socket.says({ type: 'doctor' });
      assert.equal(socket.closedWith, POLICY_VIOLATION);
      assert.deepEqual([heard, gone()], [[], 1]);
    });
  }

  test('bytes is disconnected', () => {
    const { socket } = connected();
    socket.saysText('{"type":"doctor"}', true);
    assert.equal(socket.closedWith, POLICY_VIOLATION);
  });

  test('more than people do is disconnected, and what they do at most is not', () => {
    const { socket, clock, heard } = connected();
    for (let n = 0; n < 40; n++) socket.says({ type: 'doctor' });
    for (let n = 0; n < 100; n++) {
      clock.increment(50);
      socket.says({ type: 'volume', percent: n });
    }
    assert.deepEqual([heard.length, socket.closedWith], [140, undefined]);
    socket.says({ type: 'doctor' });
    assert.deepEqual([heard.length, socket.closedWith], [140, POLICY_VIOLATION]);
  });
});

suite('a page that', () => {
  test('does not keep up is disconnected, and nothing is kept for it', () => {
    const { socket, client, gone } = connected();
    socket.bufferedAmount = 1_000_000;
    client.send('as much as may be');
    socket.bufferedAmount += 1;
    client.send('too much');
    client.send('nobody is there');
    assert.deepEqual([socket.texts, socket.isTerminated, gone()], [['as much as may be'], true, 1]);
  });

  test('breaks the protocol of WebSocket is disconnected', () => {
    const { socket, gone } = connected();
    socket.emit('error', new RangeError('Invalid WebSocket frame'));
    assert.deepEqual([socket.isTerminated, gone()], [true, 1]);
  });

  test('has fallen asleep is disconnected within 45 seconds, and one that shows its view for hours is not', async (t) => {
    const { connect, passes, atWork } = await liveRig(t);
    const [asleep, awake] = [connect(), connect()];
    asleep.isAwake = false;
    await passes(29_900);
    assert.ok(!asleep.isTerminated);
    await passes(15_200);
    assert.deepEqual([asleep.isTerminated, awake.isTerminated, awake.pings], [true, false, 3]);
    awake.isAwake = false;
    await passes(45_100);
    assert.ok(awake.isTerminated);
    assert.deepEqual(atWork(), NOTHING_AT_WORK);
  });
});
