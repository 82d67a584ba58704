import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { doctorInService } from '../../../src/cli/doctorInService.js';
import { fakeComputer } from '../../fixtures/fakeComputer.js';
import { recordedIo } from '../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const UNIT = '[Service]\nExecStart=/opt/pressel/current/deploy/pressel run\nUser=pressel\n';
const installed = fakeComputer({ programs: { 'systemctl cat pressel.service': UNIT } });

/** What systemd tells of the unit with the checks afterwards, and which commands it was given. */
function afterwards(result: string, status: number) {
  const computer = fakeComputer({
    programs: {
      'systemctl cat pressel.service': UNIT,
      'systemctl show': `Result=${result}\nExecMainStatus=${status}\n`,
    },
  });
  const verbs: string[] = [];
  return {
    verbs,
    run: (argv: readonly [string, ...string[]], signal: AbortSignal) => {
      verbs.push(argv[1] ?? '');
      return computer.run(argv, signal);
    },
  };
}

/** A process in whose path systemd-run is this script. */
function processWith(t: TestContext, script: string) {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, 'systemd-run'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return recordedIo({ PATH: `${folder}:/usr/bin:/bin` }, folder);
}

suite('the doctor as the service', () => {
  test('passes on what the inner one says, and how it ends', async (t) => {
    const io = processWith(t, 'echo "$@"; echo "be quiet" >&2; exit 1');
    const computer = afterwards('exit-code', 1);
    assert.equal(await doctorInService(io, computer, ['--no-sound'], true), 1);
    assert.match(io.out(), /--property=User=pressel -- \/opt\/pressel\/current\/deploy\/pressel doctor --no-sound\n$/);
    assert.equal(io.err(), 'be quiet\n');
  });

  test('takes a failure of systemd for no answer of the inner one', async (t) => {
    const io = processWith(t, 'echo "Unknown assignment" >&2; exit 1');
    for (const [result, status] of [
      ['success', 0],
      ['exit-code', 203],
      ['resources', 0],
    ] as const) {
      await assert.rejects(doctorInService(io, afterwards(result, status), [], true), {
        name: 'UsageError',
        message: /systemd could not run/,
      });
    }
    assert.match(io.err(), /Unknown assignment/);
  });

  test('says that the inner one was ended in the middle, whatever it had written', async (t) => {
    const io = processWith(t, 'echo half; exit 255');
    await assert.rejects(doctorInService(io, afterwards('oom-kill', 9), [], true), {
      name: 'UsageError',
      message: /ended in the middle \(oom-kill\)/,
    });
  });

  test('leaves a silent failure of the inner one its exit code', async (t) => {
    assert.equal(await doctorInService(processWith(t, 'exit 2'), afterwards('exit-code', 2), ['--json'], true), 2);
  });

  test('leaves no unit behind that has failed, and asks nothing about one that has not', async (t) => {
    const failed = afterwards('exit-code', 1);
    await doctorInService(processWith(t, 'exit 1'), failed, [], true);
    assert.deepEqual(failed.verbs, ['cat', 'show', 'stop', 'reset-failed']);
    const well = afterwards('success', 0);
    assert.equal(await doctorInService(processWith(t, 'exit 0'), well, [], true), 0);
    assert.deepEqual(well.verbs, ['cat']);
  });

  test('stops the checks when whoever waits for them leaves', async (t) => {
    const io = processWith(t, 'echo begun; sleep 60');
    const left = new AbortController();
    const computer = afterwards('success', 0);
    const ended = doctorInService({ ...io, signal: left.signal }, computer, [], true);
    const timer = setInterval(() => io.out() === 'begun\n' && left.abort(), 5);
    await assert.rejects(ended, { name: 'AbortError' });
    clearInterval(timer);
    assert.deepEqual(computer.verbs, ['cat', 'stop', 'reset-failed']);
  });

  test('says what is missing: the right, systemd, the service, or its command', async (t) => {
    const io = processWith(t, 'exit 0');
    const notFound = { status: 1, stdout: '', stderr: 'No files found for pressel.service.' };
    const cases = [
      [installed, false, /sudo pressel doctor --in-service/],
      [fakeComputer(), true, /no systemd here/],
      [fakeComputer({ programs: { 'systemctl cat': notFound } }), true, /is not installed/],
      [fakeComputer({ programs: { 'systemctl cat': '[Service]\nExecStart=/bin/true\n' } }), true, /not started by/],
    ] as const;
    for (const [computer, isRoot, message] of cases) {
      await assert.rejects(doctorInService(io, computer, [], isRoot), { name: 'UsageError', message });
    }
  });
});
