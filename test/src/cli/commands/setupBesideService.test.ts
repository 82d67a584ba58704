import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { suite, type TestContext, test } from 'node:test';
import { setupCommand } from '../../../../src/cli/commands/setup.js';
import { ExitStatus } from '../../../../src/cli/exitStatus.js';
import { ServiceCommandError } from '../../../../src/setup/pausedService.js';
import { recordedIo, recorder } from '../../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

/** Root on a computer of the test's own, beside a service that is enabled. */
function besideService(t: TestContext, { isRunning = true, isRoot = true, startFails = false } = {}) {
  const home = temporaryFolder(t);
  const told: string[] = [];
  let runs = isRunning;
  const host = {
    isRoot,
    systemFile: path.join(home, 'config.toml'),
    serviceUser: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
    serviceState: path.join(home, 'state'),
    serviceLock: path.join(home, 'service.lock'),
    service: {
      state: async () => ({ isEnabled: true, isRunning: runs }),
      stop: async () => {
        told.push('stop');
        runs = false;
      },
      start: async () => {
        told.push('start');
        if (startFails) throw new ServiceCommandError('systemctl restart: Access denied');
      },
    },
  };
  const env = { PATH: process.env['PATH'], XDG_RUNTIME_DIR: home, PRESSEL_LLM_URL: 'http://127.0.0.1:9' };
  return { io: recordedIo(env, home), home, host, told };
}

/** Without a network, a sound or a question. */
async function quick({ io, home, host }: ReturnType<typeof besideService>, ...flags: string[]): Promise<void> {
  const from = path.join(home, 'stick');
  mkdirSync(from);
  const running = setupCommand(io, host).parseAsync(['--yes', '--no-sound', '--from', from, ...flags], {
    from: 'user',
  });
  await assert.rejects(running, ExitStatus); // without models something is left to do
}

/** At a terminal, until it is ended. @param keys by the question; undefined: SIGTERM @returns what was shown */
async function answered(
  t: TestContext,
  { io, host }: ReturnType<typeof besideService>,
  keys: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const [stop, stderr] = [new AbortController(), recorder(true)];
  const left = Object.entries(keys);
  const answering = setInterval(() => {
    const [question, key] = left[0] ?? [];
    if (question === undefined || !stderr.text.includes(question)) return;
    left.shift();
    if (key === undefined) stop.abort(new Error('stopped by SIGTERM'));
    else stdin.write(key);
  }, 5);
  t.after(() => clearInterval(answering));
  const running = setupCommand({ ...io, stdin, stderr, signal: stop.signal }, host).parseAsync([], { from: 'user' });
  await assert.rejects(running, { name: 'ExitStatus', code: 1 });
  return stderr.text;
}

suite('setup beside the service', () => {
  test('leaves it running with the new configuration', async (t) => {
    const world = besideService(t);
    await quick(world);
    assert.deepEqual(world.told, ['start']);
    assert.match(world.io.out(), /The service is started again, with these settings\./);
    assert.match(world.io.out(), /systemctl status pressel .*\n.*sudo pressel doctor --in-service/);
    assert.match(readFileSync(world.host.systemFile, 'utf8'), /folder = ".*\/state\/models"/);
    const commands = world.io.out().match(/\S+ pressel (setup|models fetch)/g) ?? [];
    assert.deepEqual(new Set(commands), new Set(['sudo pressel setup', 'sudo pressel models fetch']));
  });

  test('says the exact command where it cannot be started', async (t) => {
    const world = besideService(t, { startFails: true });
    await quick(world, '--json');
    const said = 'The service could not be started (systemctl restart: Access denied): sudo systemctl restart pressel';
    assert.ok(JSON.parse(world.io.out()).left.includes(said));
    assert.equal(world.io.err(), `pressel: ${said}\n`);
  });

  test('is not begun, and nothing is stopped or started, where the configuration has an error', async (t) => {
    const world = besideService(t, { isRunning: false });
    mkdirSync(world.host.systemFile);
    await assert.rejects(setupCommand(world.io, world.host).parseAsync(['--yes'], { from: 'user' }));
    assert.deepEqual(world.told, []);
  });

  test('starts it when root ends before anything was confirmed, as it is enabled', async (t) => {
    const world = besideService(t, { isRunning: false });
    await answered(t, world, { 'What is plugged': '\x03' });
    assert.deepEqual(world.told, ['start']);
  });

  test('neither stops nor starts it for a plain user, who reads the command', async (t) => {
    const world = besideService(t, { isRoot: false });
    writeFileSync(world.host.serviceLock, '');
    const said = await answered(t, world, { 'What is plugged': '\r', 'Stop it ': '\x03' });
    assert.deepEqual(world.told, []);
    assert.match(said, /Stop it in another terminal \(sudo systemctl stop pressel\)/);
  });

  for (const [end, key] of [
    ['Ctrl-C at a question', '\x03'],
    ['SIGTERM', undefined],
  ] as const) {
    test(`stops it for the tests, and starts it again after ${end}`, async (t) => {
      const world = besideService(t);
      const said = await answered(t, world, {
        'What is plugged': '\r',
        'Stop it while you set up?': '\r',
        'Which speaker': key,
      });
      assert.deepEqual(world.told, ['stop', 'start']);
      assert.match(said, /The service is started again[\s\S]*Stopped\./);
      assert.match(readFileSync(world.host.systemFile, 'utf8'), /board = "none"/);
    });
  }
});
