import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { bootMissing, bootService, type Findings } from './bootedService.js';

// Two minutes each: `npm run test:service`, not `npm test`.

for (const debian of ['trixie', 'bookworm'] as const) {
  suite(`the service on Debian ${debian}, booted with systemd`, { skip: bootMissing(debian) }, () => {
    let found: Findings = { of: () => undefined, journal: '' };
    before(() => {
      found = bootService(debian);
    });
    const is = (step: string, expected: Readonly<Record<string, string | RegExp>>) => {
      for (const [key, value] of Object.entries(expected)) {
        const got = found.of(step, key) ?? 'nothing';
        if (typeof value === 'string') assert.equal(got, value, `${step} ${key}`);
        else assert.match(got, value, `${step} ${key}`);
      }
    };

    test('is ready without a model server, says so, and is not restarted for it', (t) => {
      is('ready', { state: 'active', restarts: '0' });
      is('idle', { state: 'active', restarts: '0', status: /^Ready to be asked\. No language model: / });
      t.diagnostic(`ready ${found.of('ready', 'seconds')} s after the scenario began`);
    });

    test('uses the sound card directly, in the sandbox and ahead of what else computes', () => {
      is('sound', { through: 'sandbox' });
      is('sandbox', { niceness: '-5', soundNiceness: /^-11 ?$/, groups: /audio.*input.*gpio.*spi/ });
    });

    test('has no privilege, and writes its own state only', () => {
      is('sandbox', { NoNewPrivs: '1', CapBnd: /^0+$/, CapEff: /^0+$/, Seccomp: '2' });
      is('writable', { state: 'yes' });
      for (const file of ['/usr/x', '/etc/pressel/x', '/opt/pressel/x', '/home/x', '/var/lib/x']) {
        assert.equal(found.of('writable', file), undefined, file);
      }
    });

    test('opens no device but its own, and reaches the local network only', () => {
      is('device', { unrestricted: 'opened', restricted: /not permitted|denied/, sound: 'opened', gpio: 'opened' });
      is('network', { '203.0.113.9': 'EPERM', '192.168.7.9': 'sent', '127.0.0.1': 'sent' });
    });

    test('is killed by the watchdog when it is frozen, and comes back', (t) => {
      is('frozen', { state: 'active', restarts: '1' });
      assert.match(found.journal, /pressel\.service: Watchdog timeout/);
      t.diagnostic(`back after ${found.of('frozen', 'seconds')} s`);
    });

    test('comes back when it is killed', (t) => {
      is('killed', { state: 'active', restarts: '2' });
      t.diagnostic(`back after ${found.of('killed', 'seconds')} s`);
    });

    test('mends a frozen sound process itself', () => {
      is('frozenSound', { mended: 'yes', restarts: '2' });
    });

    test('outlives the loss of the sound card for longer than the watchdog waits, and takes it back', () => {
      is('unplugged', { state: 'active', restarts: '2', status: /No microphone: .*No speaker: / });
      is('plugged', { sound: 'yes', restarts: '2', status: /^Ready to be asked\. No language model/ });
    });

    test('stops at once and well', () => {
      is('stopped', { state: 'inactive', result: 'success', status: 'Stopping.' });
      assert.ok(Number(found.of('stopped', 'seconds')) < 5);
    });

    test('is not started again and again with a wrong configuration', () => {
      is('misconfigured', { state: 'failed', exit: '2', restarts: '0' });
    });

    test('without models it says so, tries again by itself, and is stopped at once', () => {
      is('noModels', { state: 'active', restarts: '0', status: /^Cannot start: .*tried again/ });
      is('noModelsLater', { state: 'active', restarts: '0', status: /^(Cannot start|Starting): / });
      is('stoppedWithoutModels', { state: 'inactive' });
    });
  });
}
