import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { suite, type TestContext, test } from 'node:test';
import { lockFile, lockInstance } from '../../../../src/appliance/instanceLock.js';
import { run } from '../../../../src/cli/program.js';
import { clackDialogue } from '../../../../src/cli/setup/clackDialogue.js';
import { deviceClaim } from '../../../../src/cli/setup/claimDevices.js';
import { lockSetup } from '../../../../src/cli/setup/setupLock.js';
import { SetupStopped } from '../../../../src/setup/dialogue.js';
import { recordedIo, recorder } from '../../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

/** A computer of the test's own, as far as files go. */
function ioIn(t: TestContext) {
  const home = temporaryFolder(t);
  return recordedIo({ PATH: process.env['PATH'], XDG_RUNTIME_DIR: home, PRESSEL_LLM_URL: 'http://127.0.0.1:9' }, home);
}

suite('pressel setup', () => {
  test('needs a terminal, or --yes', async (t) => {
    const io = ioIn(t);
    assert.equal(await run(['setup', '--config', path.join(io.home, 'c.toml')], io), 2);
    assert.match(io.err(), /no terminal.*--yes/);
    assert.equal(existsSync(path.join(io.home, 'c.toml')), false);
  });

  test('lets no second one in, and the next one when it is over', async (t) => {
    const io = ioIn(t);
    const unlock = lockSetup(io);
    assert.equal(await run(['setup', '--yes', '--config', path.join(io.home, 'c.toml')], io), 2);
    assert.match(io.err(), new RegExp(`Setup runs already \\(process ${process.pid}\\), in another terminal`));
    unlock();
    lockSetup(io)();
  });

  test('shows the line of a file with an error, and writes nothing', async (t) => {
    const io = ioIn(t);
    const file = path.join(io.home, 'c.toml');
    writeFileSync(file, '# mine\n[llm]\nmodle = "x"\n');
    assert.equal(await run(['setup', '--yes', '--config', file], io), 2);
    assert.match(io.err(), /c\.toml:3: unknown key "llm\.modle"; did you mean "llm\.model"/);
    assert.equal(readFileSync(file, 'utf8'), '# mine\n[llm]\nmodle = "x"\n');
  });
});

suite('the devices for setup', () => {
  test('are claimed once, and are free again afterwards', (t) => {
    const io = ioIn(t);
    const devices = deviceClaim(io, path.join(io.home, 'service.lock'));
    assert.equal(devices.claim(), undefined);
    assert.equal(devices.claim(), undefined);
    assert.throws(() => lockInstance(lockFile(io.env)));
    devices.release();
    lockInstance(lockFile(io.env))();
  });

  test('are told to be in use by a copy of this user, or by the service', (t) => {
    const io = ioIn(t);
    const unlock = lockInstance(lockFile(io.env));
    const service = path.join(io.home, 'service.lock');
    const devices = deviceClaim(io, service);
    assert.deepEqual(devices.claim(), {
      by: `Pressel, process ${process.pid}, runs`,
      stop: `sudo systemctl stop pressel, or: kill ${process.pid}`,
    });
    unlock();
    writeFileSync(service, '');
    assert.deepEqual(devices.claim(), { by: 'Pressel runs as a service', stop: 'sudo systemctl stop pressel' });
  });
});

suite('the dialogue at a terminal', () => {
  function terminal() {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    const output = recorder(true);
    const stop = new AbortController();
    const dialogue = clackDialogue({ input, output, signal: stop.signal });
    return { input, output, stop, dialogue };
  }

  test('takes a choice, a yes, a text', async () => {
    const { input, dialogue } = terminal();
    const choices = [
      { value: 'a', label: 'First' },
      { value: 'b', label: 'Second', hint: 'better' },
    ];
    const chosen = dialogue.choose('Which?', choices, 'b');
    input.write('\r');
    assert.equal(await chosen, 'b');
    const confirmed = dialogue.confirm('Sure?', true);
    input.write('n');
    assert.equal(await confirmed, false);
    const text = dialogue.text('Where?', 'here');
    input.write(' too\r');
    assert.equal(await text, 'here too');
  });

  test('is ended by Ctrl-C in a question, and by its signal with its reason', async () => {
    const { input, stop, dialogue } = terminal();
    const asked = dialogue.confirm('Sure?', true);
    input.write('\x03');
    await assert.rejects(asked, SetupStopped);
    const askedAgain = dialogue.ready('Ready?');
    stop.abort(new Error('stopped by SIGTERM'));
    await assert.rejects(askedAgain, /SIGTERM/);
  });

  test('gives the cursor back when a live line ends', () => {
    const { output, dialogue } = terminal();
    const live = dialogue.live();
    live.show('half of it '.repeat(30));
    live.end();
    const count = (text: string) => output.text.split(text).length - 1;
    assert.equal(count('\x1b[?25l'), count('\x1b[?25h'));
    assert.ok(output.text.split('\n').every((line) => line.length < 130));
  });
});
