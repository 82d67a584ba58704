import assert from 'node:assert/strict';
import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { CommandEnd } from '../../../src/processes/runCommand.js';
import { ownInstallation } from '../../../src/update/ownInstallation.js';
import { systemdService } from '../../../src/update/service.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const signal = new AbortController().signal;

function exited(status: number, stdout = ''): CommandEnd {
  return { ended: 'exited', status, stdout, stderr: 'why' };
}

describe('the installation of a program', () => {
  test('is two folders above a version', async (t) => {
    const root = realpathSync(temporaryFolder(t));
    const folder = path.join(root, 'versions', '1.2.3');
    mkdirSync(folder, { recursive: true });
    assert.equal((await ownInstallation(folder, async () => exited(1), signal)).root, root);
  });

  test('is left to dpkg where dpkg has made it', async (t) => {
    const folder = path.join(temporaryFolder(t), 'versions', '1.2.3');
    mkdirSync(folder, { recursive: true });
    await assert.rejects(
      ownInstallation(folder, async () => exited(0), signal),
      /as a Debian package.*apt install/,
    );
  });

  test('is none where the sources are', async (t) => {
    await assert.rejects(
      ownInstallation(temporaryFolder(t), async () => exited(1), signal),
      /git pull/,
    );
  });
});

describe('the service', () => {
  test('is what systemd says', async () => {
    const text = 'LoadState=loaded\nActiveState=active\nMainPID=42\nResult=success\nStatusText=waits = idle\n';
    const service = systemdService(async () => exited(0, text));
    const expected = { isInstalled: true, active: 'active', pid: 42, result: 'success', status: 'waits = idle' };
    assert.deepEqual(await service.state(signal), expected);
  });

  test('is not there where systemd is not', async () => {
    const service = systemdService(async () => ({ ended: 'notStarted', error: new Error('ENOENT') }));
    assert.equal((await service.state(signal)).isInstalled, false);
  });

  test('is restarted with its new unit, and without waiting', async () => {
    const calls: string[] = [];
    const service = systemdService(async (argv) => {
      calls.push(argv.join(' '));
      return exited(argv.includes('reset-failed') ? 1 : 0);
    });
    await service.restart(signal);
    assert.deepEqual(calls, [
      'systemctl daemon-reload',
      'systemctl reset-failed pressel.service',
      'systemctl restart --no-block pressel.service',
    ]);
  });

  test('that cannot be restarted says why', async () => {
    await assert.rejects(systemdService(async () => exited(1)).restart(signal), /systemctl daemon-reload failed: why/);
  });
});
