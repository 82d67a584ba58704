import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { notifyMessage } from '../../../src/service/notifyMessage.js';

suite('a message to the service manager', () => {
  test('is one assignment a line', () => {
    assert.equal(notifyMessage({ ready: true, status: 'Ready.' }), 'READY=1\nSTATUS=Ready.');
    assert.equal(notifyMessage({ stopping: true }), 'STOPPING=1');
    assert.equal(notifyMessage({ watchdog: true }), 'WATCHDOG=1');
    assert.equal(notifyMessage({}), '');
  });

  test('asks for more time in whole microseconds', () => {
    assert.equal(notifyMessage({ extendMs: 60_000 }), 'EXTEND_TIMEOUT_USEC=60000000');
    assert.equal(notifyMessage({ extendMs: 0.0004 }), 'EXTEND_TIMEOUT_USEC=0');
  });

  test('assigns nothing that an error message made of several lines brings along', () => {
    for (const end of ['\n', '\r\n', '\u2028', '\0']) {
      assert.equal(notifyMessage({ status: `No microphone.${end}MAINPID=1` }), 'STATUS=No microphone. MAINPID=1');
    }
  });

  test('is never so long that the manager drops it, and is cut between characters', () => {
    const message = notifyMessage({
      ready: true,
      stopping: true,
      status: '🎙'.repeat(5_000),
      watchdog: true,
      extendMs: 1,
    });
    assert.ok(Buffer.byteLength(message) < 4_096, `${Buffer.byteLength(message)} bytes`);
    assert.match(message, /STATUS=(?:🎙)+…$/mu);
  });
});
