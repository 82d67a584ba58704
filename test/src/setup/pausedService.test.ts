import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  type InstalledService,
  PausedService,
  ServiceCommandError,
  type ServiceEnd,
  type ServiceState,
} from '../../../src/setup/pausedService.js';

const { signal } = new AbortController();

/** A service in this state, and what it was told. */
function serviceIn(state: ServiceState | undefined, failure?: Error) {
  const told: string[] = [];
  let now = state;
  const follow = (verb: string, isRunning: boolean) => async () => {
    told.push(verb);
    if (failure !== undefined) throw failure;
    if (now !== undefined) now = { ...now, isRunning };
  };
  const service: InstalledService = {
    state: async () => now,
    stop: follow('stop', false),
    start: follow('start', true),
  };
  return { service, told };
}

const RUNS = { isEnabled: true, isRunning: true };
const RESTS = { isEnabled: true, isRunning: false };

suite('the service at the end of setup', () => {
  type Row = readonly [string, ServiceState | undefined, { hasChanged?: boolean; isOther?: boolean }, string];
  const rows: readonly Row[] = [
    ['is none where none is installed', undefined, { hasChanged: true }, 'none'],
    ['is started where it was enabled and did not run, even if nothing was written', RESTS, {}, 'started'],
    ['is started anew where its configuration is another one', RUNS, { hasChanged: true }, 'restarted'],
    ['goes on where nothing was written', RUNS, {}, 'kept'],
    ['stays away where it is not enabled', { ...RESTS, isEnabled: false }, { hasChanged: true }, 'kept'],
    ['is left alone by the setup of another file', RUNS, { hasChanged: true, isOther: true }, 'kept'],
  ];
  for (const [what, state, { hasChanged = false, isOther = false }, expected] of rows) {
    test(what, async () => {
      const { service, told } = serviceIn(state);
      const end = await new PausedService(service, !isOther).resume(hasChanged, signal);
      assert.deepEqual(end, { service: expected });
      assert.deepEqual(told, expected.endsWith('started') ? ['start'] : []);
    });
  }

  for (const [what, state] of [
    ['that was stopped runs again, whatever was set up', RUNS],
    ['that was stopped and is not enabled runs again, too', { ...RUNS, isEnabled: false }],
  ] as const) {
    test(what, async () => {
      const { service, told } = serviceIn(state);
      const paused = new PausedService(service, false);
      await (await paused.inUse(signal))?.pause?.();
      assert.equal(await paused.inUse(signal), undefined);
      assert.deepEqual(await paused.resume(false, signal), { service: 'restarted' });
      assert.deepEqual(told, ['stop', 'start']);
    });
  }

  test('that could not be stopped, or only half, is started all the same', async () => {
    const { service, told } = serviceIn(RUNS, new ServiceCommandError('no'));
    const paused = new PausedService(service, false);
    await assert.rejects(async () => (await paused.inUse(signal))?.pause?.(), ServiceCommandError);
    const end: ServiceEnd = await paused.resume(false, signal);
    assert.deepEqual([told, end], [['stop', 'start'], { service: 'failed', why: 'no' }]);
  });
});
