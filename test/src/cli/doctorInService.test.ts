import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { doctorInService } from '../../../src/cli/doctorInService.js';
import { UsageError } from '../../../src/cli/usageError.js';
import { fakeComputer } from '../../fixtures/fakeComputer.js';
import { recordedIo } from '../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const UNIT = '[Service]\nExecStart=/opt/pressel/current/deploy/pressel run\nUser=pressel\n';
const installed = fakeComputer({ programs: { 'systemctl cat pressel.service': UNIT } });

/** A process in whose path systemd-run is this script. */
function processWith(t: TestContext, script: string) {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, 'systemd-run'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return recordedIo({ PATH: `${folder}:/usr/bin:/bin` }, folder);
}

suite('the doctor as the service', () => {
  test('passes on what the inner one says, and how it ends', async (t) => {
    const io = processWith(t, 'echo "$@"; echo "be quiet" >&2; exit 1');
    assert.equal(await doctorInService(io, installed, ['--no-sound'], true), 1);
    assert.match(io.out(), /--property=User=pressel -- \/opt\/pressel\/current\/deploy\/pressel doctor --no-sound\n$/);
    assert.equal(io.err(), 'be quiet\n');
  });

  test('takes a failure of systemd for no answer of the inner one', async (t) => {
    const io = processWith(t, 'echo "Unknown assignment" >&2; exit 1');
    await assert.rejects(doctorInService(io, installed, [], true), UsageError);
    assert.match(io.err(), /Unknown assignment/);
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
