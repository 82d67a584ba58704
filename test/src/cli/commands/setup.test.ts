import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { suite, type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { lockFile, lockInstance } from '../../../../src/appliance/instanceLock.js';
import { run } from '../../../../src/cli/program.js';
import { clackDialogue } from '../../../../src/cli/setup/clackDialogue.js';
import { deviceClaim } from '../../../../src/cli/setup/claimDevices.js';
import { tellEnd } from '../../../../src/cli/setup/setupEnd.js';
import { lockSetup } from '../../../../src/cli/setup/setupLock.js';
import { SetupStopped } from '../../../../src/setup/dialogue.js';
import { recordedIo, recorder } from '../../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';
import { ScriptedDialogue } from '../../setup/scriptedDialogue.js';

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

  test('is not begun with models from a folder that is not there', async (t) => {
    const io = ioIn(t);
    const [file, from] = [path.join(io.home, 'c.toml'), path.join(io.home, 'usb')];
    assert.equal(await run(['setup', '--yes', '--config', file, '--from', from], io), 2);
    assert.match(io.err(), /There is no folder \S*usb\. Is the disk connected/);
    assert.equal(existsSync(file), false);
  });

  test('ends with commands for the file that was named', async () => {
    const dialogue = new ScriptedDialogue();
    const command = (subcommand: string) => `pressel ${subcommand} --config /c.toml`;
    await tellEnd(dialogue, [], { service: 'none' }, { claim: async () => undefined }, { command, isItsOwn: true });
    for (const command of ['run', 'doctor', 'setup']) {
      assert.ok(dialogue.heard(new RegExp(`^pressel ${command} --config /c\\.toml `)));
    }
  });

  test('lets no second one in, and the next one when it is over', async (t) => {
    const io = ioIn(t);
    const unlock = lockSetup(io);
    assert.equal(await run(['setup', '--yes', '--config', path.join(io.home, 'c.toml')], io), 1);
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

suite('setup that is ended early', () => {
  test('says what it has written, and how to go on', async (t) => {
    const home = temporaryFolder(t);
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    const io = {
      ...recordedIo({ PATH: process.env['PATH'], XDG_RUNTIME_DIR: home }, home),
      stdin: input,
      stderr: recorder(true),
    };
    const file = path.join(home, 'c.toml');
    const answers = [
      { question: 'What is plugged', keys: '\r' },
      { question: 'Which speaker', keys: '\x03' },
    ];
    const answering = setInterval(() => {
      if (answers[0] !== undefined && io.stderr.text.includes(answers[0].question)) input.write(answers.shift()?.keys);
    }, 5);
    t.after(() => clearInterval(answering));
    assert.equal(await run(['setup', '--no-sound', '--config', file], io), 1);
    assert.match(
      io.stderr.text.replace(/\s*│\s*/g, ' '),
      /Stopped\. \S*c\.toml has what you confirmed: board\. To go on: pressel setup --config \S*c\.toml /,
    );
    assert.match(readFileSync(file, 'utf8'), /board = "none"/);
  });
});

suite('the devices for setup', () => {
  test('are claimed once, and are free again afterwards', async (t) => {
    const io = ioIn(t);
    const devices = deviceClaim(io, undefined, path.join(io.home, 'service.lock'));
    assert.equal(await devices.claim(), undefined);
    assert.equal(await devices.claim(), undefined);
    assert.throws(() => lockInstance(lockFile(io.env)));
    devices.release();
    lockInstance(lockFile(io.env))();
  });

  test('are told to be in use by a copy of this user, or by the service', async (t) => {
    const io = ioIn(t);
    const unlock = lockInstance(lockFile(io.env));
    const service = path.join(io.home, 'service.lock');
    const devices = deviceClaim(io, undefined, service);
    assert.deepEqual(await devices.claim(), {
      by: `Pressel, process ${process.pid}, runs`,
      stop: `sudo systemctl stop pressel, or: kill ${process.pid}`,
    });
    unlock();
    writeFileSync(service, '');
    assert.deepEqual(await devices.claim(), { by: 'Pressel runs as a service', stop: 'sudo systemctl stop pressel' });
  });
});

suite('the dialogue at a terminal', () => {
  function terminal() {
    const modes: boolean[] = [];
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (raw: boolean) => modes.push(raw) });
    const output = recorder(true);
    const stop = new AbortController();
    const dialogue = clackDialogue({ input, output, signal: stop.signal }, () => stop.abort(new Error('Ctrl-C')));
    return { input, output, stop, dialogue, modes };
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

  test('forgets keys that were pressed while nothing was asked', async () => {
    const { input, output, dialogue } = terminal();
    input.write('n\r');
    input.write('\n');
    await setImmediate();
    const asked = dialogue.confirm('Sure?', true);
    input.write('\r');
    assert.equal(await asked, true);
    assert.ok(!output.text.startsWith('n'));
    dialogue.close();
  });

  test('is ended by Ctrl-C while nothing is asked, before and after a question', async () => {
    for (const questions of [0, 1]) {
      const { input, stop, dialogue } = terminal();
      for (let question = 0; question < questions; question++) {
        const asked = dialogue.confirm('Sure?', true);
        input.write('\r');
        await asked;
      }
      input.write('\x03');
      await setImmediate();
      assert.match(String(stop.signal.reason), /Ctrl-C/);
    }
  });

  test('leaves the terminal as it was', async () => {
    const { dialogue, modes } = terminal();
    dialogue.close();
    dialogue.close();
    assert.deepEqual(modes, [true, false]);
  });

  test('shows a code for a camera only where it is not broken', () => {
    const { output, dialogue } = terminal();
    dialogue.picture(['\x1b[97;40m█▀█\x1b[0m']);
    assert.match(output.text, /█▀█/);
    dialogue.picture(['█'.repeat(101)]);
    assert.match(output.text, /too narrow for the code/);
    assert.doesNotMatch(output.text, /█{101}/);
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
