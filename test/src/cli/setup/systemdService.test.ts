import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { systemdService } from '../../../../src/cli/setup/systemdService.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const { signal } = new AbortController();

/** A computer where systemctl is this script; what it was told is in the file that is returned. */
function withSystemctl(t: TestContext, script: string) {
  const folder = temporaryFolder(t);
  const log = path.join(folder, 'log');
  writeFileSync(path.join(folder, 'systemctl'), `#!/bin/sh\necho "$@" >> ${log}\n${script}\n`, { mode: 0o755 });
  const service = systemdService({ env: { PATH: `${folder}:/usr/bin:/bin` } });
  return { service, told: () => readFileSync(log, 'utf8').trim().split('\n') };
}

suite('the service as systemd has it', () => {
  const rows: readonly (readonly [string, string, string, unknown])[] = [
    ['runs', 'active', 'enabled', { isEnabled: true, isRunning: true }],
    ['runs soon, as it waits to be started again', 'activating', 'enabled', { isEnabled: true, isRunning: true }],
    ['has failed', 'failed', 'enabled', { isEnabled: true, isRunning: false }],
    ['is stopped and not enabled', 'inactive', 'disabled', { isEnabled: false, isRunning: false }],
  ];
  for (const [what, active, fileState, expected] of rows) {
    test(what, async (t) => {
      const shown = `LoadState=loaded ActiveState=${active} UnitFileState=${fileState}`;
      const { service } = withSystemctl(t, `printf '%s\\n' ${shown}`);
      assert.deepEqual(await service.state(signal), expected);
    });
  }

  test('is none where the unit is not there, and where there is no systemd', async (t) => {
    assert.equal(await withSystemctl(t, 'echo LoadState=not-found').service.state(signal), undefined);
    assert.equal(await withSystemctl(t, 'exit 1').service.state(signal), undefined);
    assert.equal(await systemdService({ env: { PATH: '/nowhere' } }).state(signal), undefined);
  });

  test('is stopped, which is waited for, and started, which is not', async (t) => {
    const { service, told } = withSystemctl(t, 'exit 0');
    await service.stop(signal);
    await service.start(signal);
    assert.deepEqual(told(), ['stop pressel.service', 'restart --no-block pressel.service']);
  });

  test('says why it did not do so', async (t) => {
    const { service } = withSystemctl(t, 'echo "Access denied" >&2; exit 4');
    const failure = { name: 'ServiceCommandError', message: 'systemctl stop pressel.service: Access denied' };
    await assert.rejects(service.stop(signal), failure);
    const none = systemdService({ env: { PATH: '/nowhere' } });
    await assert.rejects(none.start(signal), { name: 'ServiceCommandError', message: /ENOENT/ });
  });
});
