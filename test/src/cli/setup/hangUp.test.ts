import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { suite, type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { heedHangUp } from '../../../../src/cli/setup/hangUp.js';
import { recorder } from '../../../fixtures/recordedIo.js';

function atTerminal(t: TestContext, isTerminal: boolean) {
  const sent: string[] = [];
  const modes: boolean[] = [];
  const setRawMode = (raw: boolean) => void modes.push(raw);
  const stdin = Object.assign(new PassThrough(), { isTTY: isTerminal, setRawMode });
  const end = heedHangUp({ stdin, stderr: recorder(isTerminal) }, (name) => sent.push(name));
  t.after(end);
  const hangUp = async () => {
    stdin.resume().end();
    await setImmediate();
  };
  return { stdin, sent, modes, end, hangUp };
}

suite('a terminal that goes away while setup runs', () => {
  test('interrupts it, and ends it once all is undone', async (t) => {
    const { stdin, sent, modes, end, hangUp } = atTerminal(t, true);
    await hangUp();
    process.emit('SIGHUP', 'SIGHUP');
    assert.deepEqual(sent, ['SIGINT']);
    stdin.setRawMode(false);
    assert.deepEqual(modes, []);
    end();
    assert.deepEqual(sent, ['SIGINT', 'SIGHUP']);
  });

  test('is nothing to a setup that is over, or has none', async (t) => {
    const before = process.listenerCount('SIGHUP');
    for (const isTerminal of [true, false]) {
      const { sent, end, hangUp } = atTerminal(t, isTerminal);
      if (isTerminal) end();
      await hangUp();
      assert.deepEqual(sent, []);
      end();
    }
    assert.equal(process.listenerCount('SIGHUP'), before);
  });
});
