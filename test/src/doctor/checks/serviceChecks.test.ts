import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { crashesCheck } from '../../../../src/doctor/checks/crashes.js';
import { serviceCheck } from '../../../../src/doctor/checks/service.js';
import { readUnit, type UnitState, unitPid } from '../../../../src/doctor/unitState.js';
import { fakeComputer } from '../../../fixtures/fakeComputer.js';

const { signal } = new AbortController();

const WELL: UnitState = {
  LoadState: 'loaded',
  ActiveState: 'active',
  SubState: 'running',
  UnitFileState: 'enabled',
  Result: 'success',
  StatusText: 'idle',
  NRestarts: '0',
  MainPID: '700',
};

suite('the state of the service', () => {
  test('is read from systemd, and unknown without it', async () => {
    const shown = Object.entries(WELL).map(([name, value]) => `${name}=${value}`);
    const computer = fakeComputer({ programs: { 'systemctl show pressel.service': shown.join('\n') } });
    const unit = await readUnit(computer, signal);
    assert.deepEqual(unit, WELL);
    assert.equal(unitPid(unit), 700);
    assert.equal(unitPid({ ...WELL, MainPID: '0' }), undefined);
    assert.equal(await readUnit(fakeComputer(), signal), undefined);
    const offline = { status: 1, stdout: '', stderr: 'System has not been booted with systemd' };
    assert.equal(await readUnit(fakeComputer({ programs: { systemctl: offline } }), signal), undefined);
  });

  const cases: readonly (readonly [string, Partial<UnitState> | undefined, string, RegExp, RegExp])[] = [
    ['no systemd', undefined, 'skipped', /no systemd/, /^$/],
    ['not installed', { LoadState: 'not-found' }, 'skipped', /not installed/, /^$/],
    ['a unit with an error', { LoadState: 'bad-setting' }, 'broken', /bad-setting/, /systemd-analyze verify/],
    ['failed', { ActiveState: 'failed', Result: 'watchdog' }, 'broken', /it hung/, /reset-failed/],
    [
      'starting again and again',
      { ActiveState: 'activating', SubState: 'auto-restart', NRestarts: '7', Result: 'exit-code' },
      'broken',
      /7 times so far/,
      /journalctl/,
    ],
    [
      'not enabled',
      { UnitFileState: 'disabled' },
      'degraded',
      /does not start with/,
      /^sudo systemctl enable pressel$/,
    ],
    ['stopped', { ActiveState: 'inactive' }, 'ok', /^stopped/, /^sudo systemctl start pressel$/],
    ['running', {}, 'ok', /^active: idle$/, /^$/],
  ];
  for (const [name, difference, verdict, reason, remedy] of cases) {
    test(`${name}: ${verdict}`, async () => {
      const finding = await serviceCheck(difference && { ...WELL, ...difference }).run(signal);
      assert.equal(finding.verdict, verdict);
      assert.match(finding.reason, reason);
      assert.match(finding.remedy ?? '', remedy);
    });
  }
});

suite('the crashes of the last day', () => {
  const entry = (at: string, result: string) =>
    JSON.stringify({ __REALTIME_TIMESTAMP: `${Date.parse(at) * 1000}`, UNIT_RESULT: result, MESSAGE: 'failed' });
  const check = (journal: Parameters<typeof fakeComputer>[0]) => crashesCheck(fakeComputer(journal), WELL).run(signal);

  test('are counted, with the last one and why', async () => {
    const stdout = `${entry('2026-03-01T01:00:00Z', 'exit-code')}\n{"cut\n${entry('2026-03-01T02:00:00Z', 'oom-kill')}\n`;
    const { verdict, reason, remedy } = await check({ programs: { journalctl: stdout } });
    assert.equal(verdict, 'degraded');
    assert.match(
      reason,
      /^it ended unexpectedly 2 times, last at 2026-03-01T02:00:00\.000Z: there was too little memory$/,
    );
    assert.match(remedy ?? '', /smaller llm\.model/);
    const once = await check({ programs: { journalctl: entry('2026-03-01T01:00:00Z', 'signal') } });
    assert.match(once.reason, /unexpectedly once, .*: it crashed$/);
  });

  test('are none where the journal has none', async () => {
    assert.deepEqual(await check({ programs: { journalctl: '' } }), { verdict: 'ok', reason: 'no crash' });
  });

  test('are not known without a service, a journal, or the right to read it', async () => {
    const forbidden = {
      status: 0,
      stdout: '',
      stderr: 'No journal files were opened due to insufficient permissions.',
    };
    const denied = await check({ programs: { journalctl: forbidden } });
    assert.equal(denied.verdict, 'skipped');
    assert.match(denied.remedy ?? '', /doctor --group service/);
    for (const [status, stderr] of [
      [0, 'No journal files were found.'],
      [1, 'Failed to open journal: Bad message'],
    ] as const) {
      const silent = await check({ programs: { journalctl: { status, stdout: '', stderr } } });
      assert.deepEqual(silent, { verdict: 'skipped', reason: `the journal does not tell: ${stderr}` });
    }
    assert.equal((await check({})).verdict, 'skipped');
    assert.equal((await crashesCheck(fakeComputer(), undefined).run(signal)).verdict, 'skipped');
  });
});
