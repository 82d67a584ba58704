import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Check } from '../../../../src/doctor/check.js';
import { boardCheck } from '../../../../src/doctor/checks/board.js';
import { diskCheck } from '../../../../src/doctor/checks/disk.js';
import { filePermissionsCheck } from '../../../../src/doctor/checks/filePermissions.js';
import { memoryCheck } from '../../../../src/doctor/checks/memory.js';
import { nodeVersionCheck } from '../../../../src/doctor/checks/nodeVersion.js';
import { processorCheck } from '../../../../src/doctor/checks/processor.js';
import { stateFolderCheck } from '../../../../src/doctor/checks/stateFolder.js';
import { swapCheck } from '../../../../src/doctor/checks/swap.js';
import { timeSyncCheck } from '../../../../src/doctor/checks/timeSync.js';
import type { OllamaReport } from '../../../../src/doctor/ollamaReport.js';
import { CHAT_MODELS, fitsMemory } from '../../../../src/setup/tables/chatModelFor.js';
import { fakeComputer } from '../../../fixtures/fakeComputer.js';

const { signal } = new AbortController();

async function found(check: Check) {
  const { verdict, reason, remedy = '' } = await check.run(signal);
  return { verdict, reason, remedy };
}

const PI_4 = { '/proc/device-tree/model': 'Raspberry Pi 4 Model B Rev 1.4\0' };

suite('the check of the computer', () => {
  test('names the board and the kernel', async () => {
    const { verdict, reason } = await found(boardCheck(fakeComputer({ files: PI_4 })));
    assert.deepEqual([verdict, reason], ['ok', 'Raspberry Pi 4 Model B Rev 1.4, Linux 6.12.34+rpt-rpi-v8 (aarch64)']);
    const pc = fakeComputer({ kernel: { architecture: 'x86_64' }, node: { architecture: 'x64' } });
    assert.match((await found(boardCheck(pc))).reason, /^no Raspberry Pi, Linux/);
  });

  test('refuses 32 bits, whether of the programs alone or of the kernel too', async () => {
    const cases = [
      ['aarch64', /64-bit kernel under programs of 32 bits/],
      ['armv7l', /system of 32 bits/],
    ] as const;
    for (const [architecture, expected] of cases) {
      const computer = fakeComputer({ files: PI_4, node: { architecture: 'arm' }, kernel: { architecture } });
      const { verdict, reason, remedy } = await found(boardCheck(computer));
      assert.equal(verdict, 'broken');
      assert.match(reason, expected);
      assert.match(remedy, /Raspberry Pi OS Lite \(64-bit\)/);
    }
  });
});

suite('the check of Node', () => {
  test('takes any that is not older than the package needs', async () => {
    const verdictOf = async (version: string) =>
      (await found(nodeVersionCheck(fakeComputer({ node: { version } }), '>=20.19'))).verdict;
    for (const version of ['20.19.0', '20.20.2', '22.1.0']) assert.equal(await verdictOf(version), 'ok', version);
    for (const version of ['20.18.9', '18.20.0', '9.0.0']) assert.equal(await verdictOf(version), 'broken', version);
  });
});

suite('the check of power and heat', () => {
  test('is skipped where no firmware tells', async () => {
    assert.equal((await found(processorCheck(async () => undefined))).verdict, 'skipped');
  });

  test('tells under-voltage from heat, also where it is over', async () => {
    const check = (now: readonly 'throttled'[], earlier: readonly ('under-voltage' | 'throttled')[]) =>
      found(processorCheck(async () => ({ now, earlier })));
    assert.equal((await check([], [])).verdict, 'ok');
    const hot = await check(['throttled'], []);
    assert.equal(hot.verdict, 'degraded');
    assert.match(hot.remedy, /heat sink/);
    const weak = await check([], ['under-voltage', 'throttled']);
    assert.match(weak.reason, /^under-voltage \(earlier\), throttled \(earlier\)/);
    assert.match(weak.remedy, /power supply/);
  });
});

suite('the check of the memory', () => {
  const unknown: OllamaReport = {
    version: '0.30.0',
    capabilities: undefined,
    fileBytes: undefined,
    isLoaded: false,
    loadedBytes: undefined,
  };
  const check = (totalKb: number, report: Partial<OllamaReport> | undefined) =>
    found(
      memoryCheck(fakeComputer({ files: { '/proc/meminfo': `MemTotal: ${totalKb} kB\nMemAvailable: 400000 kB\n` } }), {
        model: 'qwen2.5:0.5b',
        report: report && (async () => ({ ...unknown, ...report })),
      }),
    );

  test('counts the chat model where it runs here, by its file or by what it takes', async () => {
    const ok = await check(4_000_000, { fileBytes: 400_000_000 });
    assert.equal(ok.verdict, 'ok');
    assert.match(ok.reason, /about 1\.6 GB needed, 700\.0 MB of it for qwen2\.5:0\.5b/);
    assert.match((await check(4_000_000, { fileBytes: 1, loadedBytes: 900_000_000 })).reason, /900\.0 MB of it/);
    assert.doesNotMatch((await check(4_000_000, undefined)).reason, /qwen/);
  });

  test('takes for too large what setup calls too large', async () => {
    for (const totalKb of [970_000, 1_900_000, 3_900_000, 8_000_000]) {
      for (const { name, bytes } of CHAT_MODELS) {
        const fits = fitsMemory({ bytes }, { memoryBytes: totalKb * 1024, speed: 'pi5' });
        const { verdict } = await check(totalKb, { fileBytes: bytes });
        assert.equal(verdict, fits ? 'ok' : 'degraded', `${name} of ${totalKb} kB`);
      }
    }
  });

  test('says what is smaller where it does not fit', async () => {
    const small = await check(1_900_000, { fileBytes: 2_000_000_000 });
    assert.equal(small.verdict, 'degraded');
    assert.match(small.remedy, /ollama pull qwen2\.5:0\.5b/);
    const little = await check(970_000, { fileBytes: 398_000_000 });
    assert.match(little.remedy, /^ollama stop qwen2\.5:0\.5b; none fits beside the rest.*llm\.url/);
    const tiny = await check(500_000, undefined);
    assert.match(tiny.remedy, /llm\.url/);
  });

  test('is skipped where the system does not tell', async () => {
    const computer = fakeComputer();
    assert.equal((await found(memoryCheck(computer, { model: 'm', report: undefined }))).verdict, 'skipped');
  });
});

suite('the check of the swap', () => {
  const HEAD = 'Filename Type Size Used Priority\n';
  const MOUNTS = '/dev/mmcblk0p2 / ext4 rw 0 0\n/dev/sda1 /mnt/disk ext4 rw 0 0\n';
  const check = (swaps: string) =>
    found(swapCheck(fakeComputer({ files: { '/proc/swaps': `${HEAD}${swaps}`, '/proc/mounts': MOUNTS } })));

  test('lets memory, disks and a little of a card be', async () => {
    for (const swaps of [
      '',
      '/dev/zram0 partition 900000 800000 100\n',
      '/mnt/disk/swap file 900000 800000 -2\n',
      '/var/swap file 102396 512 -2\n',
    ]) {
      assert.equal((await check(swaps)).verdict, 'ok', swaps);
    }
  });

  test('warns of much of it on the card, as a file and as a partition', async () => {
    for (const place of ['/var/swap file', '/dev/mmcblk0p3 partition']) {
      const { verdict, reason, remedy } = await check(`${place} 900000 300000 -2\n`);
      assert.equal(verdict, 'degraded');
      assert.match(reason, /307\.2 MB of the memory are on the SD card/);
      assert.match(remedy, /sudo swapoff (?:\/var\/swap|\/dev\/mmcblk0p3); for good/);
    }
  });

  test('goes by how the system makes its swap', async () => {
    const files = { '/proc/swaps': `${HEAD}/var/swap file 900000 300000 -2\n`, '/proc/mounts': MOUNTS };
    const dphys = fakeComputer({ files: { ...files, '/etc/dphys-swapfile': 'CONF_SWAPSIZE=100\n' } });
    assert.match((await found(swapCheck(dphys))).remedy, /zram-tools && sudo dphys-swapfile swapoff/);
  });

  test('finds the card where the kernel calls it the root', async () => {
    const files = {
      '/proc/swaps': `${HEAD}/var/swap file 900000 300000 -2\n`,
      '/proc/mounts': '/dev/root / ext4 rw 0 0\n',
    };
    const verdictOf = async (disk: string) =>
      (await found(swapCheck(fakeComputer({ files, folders: { '/sys/block': [disk, 'ram0'] } })))).verdict;
    assert.equal(await verdictOf('mmcblk0'), 'degraded');
    assert.equal(await verdictOf('sda'), 'ok');
  });
});

suite('the check of the disk', () => {
  const check = (freeBytes: number) => {
    const spaces = { '/m': { freeBytes: 9e9, totalBytes: 1e10 }, '/s': { freeBytes, totalBytes: 1e10 } };
    return found(diskCheck(fakeComputer({ spaces }), { models: '/m', state: '/s' }));
  };

  test('goes by the fuller one of two', async () => {
    assert.equal((await check(8e9)).verdict, 'ok');
    const scarce = await check(100e6);
    assert.deepEqual([scarce.verdict, scarce.reason], ['degraded', 'only 100.0 MB free where the state is (/s)']);
    assert.match(scarce.remedy, /journalctl --vacuum-size/);
    assert.equal((await check(1e6)).verdict, 'broken');
  });

  test('is skipped where the system does not tell', async () => {
    assert.equal((await found(diskCheck(fakeComputer(), { models: '/m' }))).verdict, 'skipped');
  });
});

suite('the check of the state folder', () => {
  test('is well where it can be written or is not there yet', async () => {
    assert.equal((await found(stateFolderCheck(fakeComputer({ usable: ['/s'] }), '/s'))).verdict, 'ok');
    assert.equal((await found(stateFolderCheck(fakeComputer(), '/s'))).verdict, 'ok');
    const denied = await found(stateFolderCheck(fakeComputer({ denied: ['/s'] }), '/s'));
    assert.equal(denied.verdict, 'degraded');
    assert.match(denied.remedy, /sudo chown -R \$USER \/s/);
  });

  test('is told from a card that has become read-only', async () => {
    const mounts = '/dev/mmcblk0p2 / ext4 rw 0 0\n/dev/mmcblk0p3 /var ext4 ro,noatime 0 0\n';
    const computer = fakeComputer({ denied: ['/var/s', '/s'], files: { '/proc/mounts': mounts } });
    const { reason, remedy } = await found(stateFolderCheck(computer, '/var/s'));
    assert.match(reason, /^\/dev\/mmcblk0p3, which holds \/var\/s, is read-only/);
    assert.match(remedy, /remount,rw \/var, /);
    assert.match((await found(stateFolderCheck(computer, '/s'))).remedy, /chown/);
  });
});

suite('the check of the clock', () => {
  const check = (now: string, told?: string) =>
    found(timeSyncCheck(fakeComputer({ now, programs: told === undefined ? {} : { 'timedatectl show': told } })));

  test('believes the network, or a time that is possible where nothing tells', async () => {
    const synchronized = await check('2026-03-01T12:00:00Z', 'NTP=yes\nNTPSynchronized=yes\n');
    assert.deepEqual([synchronized.verdict, synchronized.reason], ['ok', '2026-03-01 12:00 UTC, set by the network']);
    assert.equal((await check('2026-03-01T12:00:00Z')).verdict, 'ok');
  });

  test('warns of one that nobody has set, and of 1970', async () => {
    const unset = await check('2026-03-01T12:00:00Z', 'NTPSynchronized=no\n');
    assert.deepEqual([unset.verdict, unset.remedy.startsWith('sudo timedatectl set-ntp true')], ['degraded', true]);
    const old = await check('1970-01-01T00:01:00Z', 'NTPSynchronized=yes\n');
    assert.equal(old.verdict, 'degraded');
    assert.match(old.reason, /^it shows 1970/);
    for (const { remedy } of [unset, old]) assert.match(remedy, /set-ntp false && sudo timedatectl set-time/);
  });
});

suite('the check of file permissions', () => {
  const check = (modes: Record<string, number>) =>
    found(
      filePermissionsCheck(fakeComputer({ modes }), {
        secret: ['/e/token', '/e/none'],
        trusted: ['/e/conf', '/e/skills'],
      }),
    );

  test('is well where only the owner and the group may read a secret, and only the owner may write', async () => {
    assert.equal((await check({ '/e/token': 0o100640, '/e/conf': 0o100644, '/e/skills': 0o40755 })).verdict, 'ok');
    assert.equal((await check({})).verdict, 'ok');
  });

  test('names each file that is open, and the commands that close them', async () => {
    const { verdict, reason, remedy } = await check({ '/e/token': 0o644, '/e/conf': 0o664, '/e/skills': 0o777 });
    assert.equal(verdict, 'degraded');
    assert.equal(reason, 'everybody may read /e/token, others may change /e/conf, others may change /e/skills');
    assert.equal(remedy, 'sudo chmod o= /e/token && sudo chmod go-w /e/conf /e/skills');
  });
});
