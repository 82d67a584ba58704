import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isServiceOnly } from '../../../src/doctor/serviceOnly.js';
import { readUnit } from '../../../src/doctor/unitState.js';
import { fakeComputer } from '../../fixtures/fakeComputer.js';

const { signal } = new AbortController();
const MODELS = '/var/lib/pressel/models';

/** As systemd tells of the service, and this user may use of its folder. */
async function onComputer(fileState: string, access: 'denied' | 'usable') {
  const shown = `LoadState=loaded\nActiveState=active\nUnitFileState=${fileState}\n`;
  const computer = fakeComputer({ programs: { 'systemctl show': shown }, [access]: [MODELS] });
  return isServiceOnly(computer, await readUnit(computer, signal), MODELS);
}

test("a folder is the service's alone where the service is enabled, and others may not look into it", async () => {
  assert.equal(await onComputer('enabled', 'denied'), true);
  assert.equal(await onComputer('enabled', 'usable'), false);
  assert.equal(await onComputer('disabled', 'denied'), false);
  assert.equal(await isServiceOnly(fakeComputer({ denied: [MODELS] }), undefined, MODELS), false);
});
