import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { checkoutRoot } from '../fixtures/shared.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

/** What `systemd-analyze security` may say of a unit at most; 10 is no protection at all. */
const MOST_EXPOSED = 3;

/** The keys that Debian 12's systemd 252 does not know; the unit says what becomes of it there. */
const SINCE_254 = /Unknown key(?: name)? '(?:RestartSteps|RestartMaxDelaySec)' in section/;

const DEPLOY = path.join(checkoutRoot(), 'deploy');
const UNITS = ['pressel.service', 'pressel-models.service'] as const;

const version = Number(
  /^systemd (\d+)/.exec(spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' }).stdout)?.[1],
);
/** "--offline" came with 250. */
const skip = version >= 250 ? false : 'needs systemd-analyze of systemd 250 or newer';

function unitText(unit: string): string {
  return readFileSync(path.join(DEPLOY, unit), 'utf8');
}

/** The unit as it is on a computer where this checkout is what "current" is. */
function installed(t: TestContext, unit: string): string {
  const folder = temporaryFolder(t);
  for (const each of UNITS) {
    writeFileSync(path.join(folder, each), unitText(each).replaceAll('/opt/pressel/current', checkoutRoot()));
  }
  return path.join(folder, unit);
}

function analyze(...args: readonly string[]) {
  return spawnSync('systemd-analyze', args, {
    encoding: 'utf8',
    env: { ...process.env, SYSTEMD_COLORS: '0', LC_ALL: 'C' },
  });
}

for (const unit of UNITS) {
  suite(`the unit ${unit}`, () => {
    test('has nothing that systemd does not understand', { skip }, (t) => {
      const { status, stderr } = analyze('verify', installed(t, unit));
      const complaints = stderr.split('\n').filter((line) => line !== '' && !(version < 254 && SINCE_254.test(line)));
      assert.deepEqual(complaints, []);
      assert.equal(status, 0);
    });

    test(`leaves little open: an exposure of at most ${MOST_EXPOSED}`, { skip }, (t) => {
      const { stdout } = analyze('security', '--offline=true', '--no-pager', installed(t, unit));
      const exposure = Number(/Overall exposure level for \S+ (\d+\.\d+)/.exec(stdout)?.[1]);
      t.diagnostic(`exposure ${exposure}`);
      assert.ok(exposure <= MOST_EXPOSED, `the exposure is ${exposure}`);
    });

    test('starts the program that "current" is', () => {
      assert.match(unitText(unit), /^ExecStart=\/opt\/pressel\/current\/deploy\/pressel \w+/m);
    });

    test('has its models, its state and its configuration where the other has them', () => {
      for (const line of ['User=pressel', 'StateDirectory=pressel', 'Environment=XDG_DATA_HOME=/var/lib']) {
        assert.ok(unitText(unit).split('\n').includes(line), line);
      }
    });
  });
}

suite('the two units together', () => {
  test('the one that hears does not reach the Internet, and the one that does has no device', () => {
    assert.match(unitText('pressel.service'), /^IPAddressDeny=any$/m);
    assert.doesNotMatch(unitText('pressel-models.service'), /^(IPAddress|DeviceAllow)/m);
    assert.match(unitText('pressel-models.service'), /^PrivateDevices=yes$/m);
  });

  test('never need a group that a system may not have: the groups are made with the user', () => {
    const users = readFileSync(path.join(DEPLOY, 'pressel.sysusers'), 'utf8');
    for (const unit of UNITS) assert.doesNotMatch(unitText(unit), /^SupplementaryGroups=/m);
    for (const group of ['audio', 'gpio', 'spi', 'input']) {
      assert.match(users, new RegExp(`^m\\s+pressel\\s+${group}$`, 'm'));
    }
  });
});
