import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { pino } from 'pino';
import { answerOnce } from '../../../src/assistant/answerOnce.js';
import { heardOnce } from '../../../src/assistant/heardOnce.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { turnOf } from '../../fixtures/runningTurn.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

suite('one turn by itself', () => {
  test('ends a recorded question at its silence, as after a tap, and not with the recording', async (t) => {
    const home = temporaryFolder(t);
    const { config } = await loadConfig({ file: undefined, env: {}, home, systemFile: `${home}/none.toml` });
    const drawing = `${'v'.repeat(20)}${'.'.repeat(200)}`;
    const { clock, parts } = turnOf({ drawing });
    const signal = new AbortController().signal;
    const question = { type: 'button.pressed' } as const;
    const { record, states } = await clock.run(
      answerOnce({ ...parts, capture: heardOnce(parts.capture) }, config, question, pino({ level: 'silent' }), signal),
    );
    assert.equal(record.timeline.report().endpoint, 640);
    assert.deepEqual(states, ['idle', 'listening', 'thinking', 'speaking', 'conversation', 'idle']);
  });
});
