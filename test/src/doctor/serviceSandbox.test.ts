import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { NoServiceCommandError, sandboxedDoctor } from '../../../src/doctor/serviceSandbox.js';

const UNIT = `# /lib/systemd/system/pressel.service
[Unit]
Description=Pressel
After=sound.target

[Service]
Type=notify
ExecStart=/opt/pressel/current/bin/pressel run \\
    --config /etc/pressel/config.toml
Restart=on-failure
WatchdogSec=20
User=pressel
SupplementaryGroups=audio gpio
# A comment.
; Another.
DeviceAllow=char-alsa rw
DeviceAllow=char-gpiochip rw
LogRateLimitBurst=100
LogsDirectory=pressel
RuntimeDirectory=pressel
ReadWritePaths=
IPAddressDeny=any
IPAddressAllow=localhost link-local multicast 10.0.0.0/8 fc00::/7
ProtectSystem=strict

[Install]
WantedBy=multi-user.target

# /etc/systemd/system/pressel.service.d/override.conf
[Service]
MemoryMax=1G
`;

suite('the doctor in the sandbox of the service', () => {
  const argv = sandboxedDoctor(UNIT, 'checks.service', ['--json']);
  const properties = argv
    .filter((word) => word.startsWith('--property='))
    .map((word) => word.slice('--property='.length));

  test("runs the service's program with its configuration", () => {
    assert.deepEqual(argv.slice(argv.indexOf('--')), [
      '--',
      '/opt/pressel/current/bin/pressel',
      'doctor',
      '--config',
      '/etc/pressel/config.toml',
      '--json',
    ]);
    assert.deepEqual(argv.slice(0, 5), ['systemd-run', '--pipe', '--wait', '--quiet', '--unit=checks.service']);
  });

  test('has the same user, devices and limits, drop-ins too, in their order', () => {
    assert.deepEqual(properties.slice(2), [
      'User=pressel',
      'SupplementaryGroups=audio gpio',
      'DeviceAllow=char-alsa rw',
      'DeviceAllow=char-gpiochip rw',
      'LogsDirectory=pressel',
      'RuntimeDirectory=pressel',
      'ReadWritePaths=',
      'IPAddressDeny=0.0.0.0/0 ::/0',
      'IPAddressAllow=127.0.0.0/8 ::1/128 169.254.0.0/16 fe80::/64 224.0.0.0/4 ff00::/8 10.0.0.0/8 fc00::/7',
      'ProtectSystem=strict',
      'MemoryMax=1G',
    ]);
  });

  test('leaves the running service its folder, and ends', () => {
    assert.deepEqual(properties.slice(0, 2), ['RuntimeMaxSec=900', 'RuntimeDirectoryPreserve=yes']);
  });

  test('takes the last of several start commands', () => {
    const overridden = `${UNIT}ExecStart=\nExecStart=-/usr/bin/node /home/pi/pressel/main.js run\n`;
    const line = sandboxedDoctor(overridden, 'checks.service', []);
    assert.deepEqual(line.slice(line.indexOf('--') + 1), ['/usr/bin/node', '/home/pi/pressel/main.js', 'doctor']);
  });

  test('refuses a service that does not run this program', () => {
    assert.throws(
      () => sandboxedDoctor('[Service]\nExecStart=/usr/bin/true\n', 'checks.service', []),
      NoServiceCommandError,
    );
    assert.throws(() => sandboxedDoctor('', 'checks.service', []), NoServiceCommandError);
  });
});
