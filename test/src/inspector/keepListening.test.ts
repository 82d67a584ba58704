import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { keepListening } from '../../../src/inspector/keepListening.js';
import { RecordedLog } from '../../fixtures/recordedLog.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

function trying(problems: readonly string[]) {
  const clock = new SteppedClock();
  const log = new RecordedLog();
  const triedAtMs: number[] = [];
  let closed = 0;
  const close = keepListening({
    open: async () => {
      const problem = problems[triedAtMs.length];
      triedAtMs.push(clock.now());
      if (problem !== undefined) throw new Error(problem);
      return {
        addresses: ['http://127.0.0.1:7333/'],
        close: async () => {
          closed += 1;
        },
      };
    },
    clock,
    log,
  });
  const passes = async (ms: number) => {
    for (const untilMs = clock.now() + ms; clock.now() < untilMs; ) {
      await settle();
      clock.advance(Math.min(clock.nextDueMs, untilMs) - clock.now());
    }
    await settle();
  };
  return { clock, log, triedAtMs, close, closed: () => closed, passes };
}

suite('the inspector', () => {
  test('says once where it is, and is closed with the program', async () => {
    const { log, close, closed, clock } = trying([]);
    await settle();
    assert.deepEqual(log.lines, ['info: the inspector is open']);
    assert.deepEqual(log.details, ['{"addresses":["http://127.0.0.1:7333/"]}']);
    await close();
    assert.deepEqual([closed(), clock.waiting], [1, 0]);
  });

  test('that cannot open tries again, less and less often, and says once why', async () => {
    const taken = Array.from({ length: 9 }, () => 'listen EADDRINUSE: address already in use');
    const { log, triedAtMs, passes, close, closed } = trying([...taken.slice(1), 'there is no token', taken[0] ?? '']);
    await passes(300_000);
    assert.deepEqual(
      triedAtMs.slice(0, 9),
      [0, 1, 3, 7, 15, 31, 63, 123, 183].map((s) => s * 1_000),
    );
    assert.deepEqual(log.lines, [
      'warn: The inspector is shut: listen EADDRINUSE: address already in use',
      'warn: The inspector is shut: there is no token',
      'warn: The inspector is shut: listen EADDRINUSE: address already in use',
    ]);
    await passes(60_000);
    assert.equal(log.lines.at(-1), 'info: the inspector is open');
    await close();
    assert.equal(closed(), 1);
  });

  test('that could not open leaves nothing behind', async () => {
    const { clock, close, closed } = trying(['no', 'no']);
    await settle();
    await close();
    assert.deepEqual([closed(), clock.waiting], [0, 0]);
  });
});
