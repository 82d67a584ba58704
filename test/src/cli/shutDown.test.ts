import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../../hardware/clock.js';
import { shutDown } from '../../../src/cli/shutDown.js';

/** What was logged as an error. */
async function run(command: string, signal = new AbortController().signal) {
  const errors: object[] = [];
  const log = { warn: () => {}, error: (facts: object) => void errors.push(facts) };
  const env = { PATH: process.env['PATH'], PRESSEL_SECRET: 'hush' };
  return { isShuttingDown: await shutDown(command, { env, signal }, log, systemClock), errors };
}

describe('shutting the computer down', () => {
  it('is under way when the command says so', async () => {
    assert.deepEqual(await run('true'), { isShuttingDown: true, errors: [] });
  });

  it('is not when it is refused, and tells why', async () => {
    const { isShuttingDown, errors } = await run('echo "Interactive authentication required." >&2; exit 1');
    assert.equal(isShuttingDown, false);
    assert.deepEqual(errors, [
      {
        command: 'echo "Interactive authentication required." >&2; exit 1',
        why: 'Interactive authentication required.',
      },
    ]);
  });

  it('is not when there is no such command', async () => {
    const { isShuttingDown, errors } = await run('no-such-command 2> /dev/null');
    assert.equal(isShuttingDown, false);
    assert.deepEqual(errors, [{ command: 'no-such-command 2> /dev/null', why: 'exit 127' }]);
  });

  it('is under way when this program is told to end before the command has ended', async () => {
    const told = new AbortController();
    const running = run('sleep 60', told.signal);
    told.abort();
    assert.deepEqual(await running, { isShuttingDown: true, errors: [] });
  });

  it('gives the command nothing that is secret', async () => {
    assert.equal((await run('test -z "$PRESSEL_SECRET"')).isShuttingDown, true);
  });
});
