import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { goBack, resume, update } from '../../../src/update/update.js';
import { UpdateError, type UpdateFailure } from '../../../src/update/updateError.js';
import { withUpdateLock } from '../../../src/update/updateLock.js';
import { fakeInstallation, releaseFolder } from '../../fixtures/fakeInstallation.js';
import { because } from './because.js';
import { setUp, UNTOUCHED, UPDATED } from './fakeUpdate.js';

describe('an update', () => {
  test('installs the new version, restarts the service and keeps the version before', async (t) => {
    const { run, service, versions, links } = await setUp(t);
    assert.deepEqual(await run(), { from: '0.2.0', to: '0.3.0', tookMs: 0 });
    assert.deepEqual(await links(), UPDATED);
    assert.deepEqual(versions(), ['0.2.0', '0.3.0']);
    assert.deepEqual(service.restarts, ['0.3.0']);
  });

  test('can be read by the service, whatever the umask of who asks for it', async (t) => {
    const { run, installation } = await setUp(t);
    const mask = process.umask(0o077);
    t.after(() => process.umask(mask));
    await run();
    const folder = installation.folderOf('0.3.0');
    const modes = [folder, `${folder}/package.json`].map((name) => (statSync(name).mode & 0o777).toString(8));
    assert.deepEqual(modes, ['755', '644']);
    assert.equal(process.umask(), 0o077);
  });

  test('has the models of the new version fetched while the version before still runs', async (t) => {
    const { run, installation, service } = await setUp(t);
    const seen: unknown[] = [];
    const fetchModels = async (folder: string) => {
      seen.push(folder, existsSync(folder), await installation.linked('current'), [...service.restarts]);
    };
    await run({ fetchModels });
    assert.deepEqual(seen, [installation.folderOf('0.3.0'), true, '0.2.0', []]);
  });

  test('is left alone when it is stopped while models are fetched', async (t) => {
    const { run, service, links } = await setUp(t);
    const stop = new AbortController();
    await assert.rejects(run({ signal: stop.signal, fetchModels: async () => stop.abort() }), { name: 'AbortError' });
    assert.deepEqual(await links(), UNTOUCHED);
    assert.deepEqual(service.restarts, []);
  });

  test('has nothing to do when the release is not newer', async (t) => {
    const { installation, options, links } = await setUp(t);
    const { folder, release } = await releaseFolder(t, '0.2.0');
    assert.equal(await update(installation, { kind: 'folder', folder }, release, options), null);
    assert.deepEqual(await links(), UNTOUCHED);
  });

  test('leaves a service alone that the owner has stopped', async (t) => {
    const { run, service, links } = await setUp(t);
    service.active = 'inactive';
    assert.deepEqual(await run(), { from: '0.2.0', to: '0.3.0', tookMs: null });
    assert.deepEqual(service.restarts, []);
    assert.deepEqual(await links(), UPDATED);
  });

  for (const [trouble, pattern] of [
    ['failed', /did not come up: it ended \(exit-code\)/],
    ['activating', /was not ready within 60 s: it is activating/],
    ['flapping', /was not ready within 60 s/],
  ] as const) {
    test(`goes back when the new version is ${trouble}, and says why`, async (t) => {
      const { run, service, versions, links } = await setUp(t);
      service.broken.set('0.3.0', trouble);
      await assert.rejects(run(), because('notReady', pattern));
      await assert.rejects(run(), because('notReady', /0\.2\.0 is back\.\nIts last words:\n {2}TypeError/));
      assert.deepEqual(await links(), UNTOUCHED);
      assert.deepEqual(versions(), ['0.1.0', '0.2.0']);
      assert.deepEqual(service.restarts.slice(0, 2), ['0.3.0', '0.2.0']);
    });
  }

  test('goes back when it is stopped while the service comes up', async (t) => {
    const { run, service, links } = await setUp(t);
    service.broken.set('0.3.0', 'activating');
    const stop = new AbortController();
    const onStep = (step: string) => step === 'prove' && setImmediate(() => stop.abort());
    await assert.rejects(run({ onStep, signal: stop.signal }), because('notReady', /the update was stopped/));
    assert.deepEqual(await links(), UNTOUCHED);
  });

  test('can be taken back by hand, and forth again', async (t) => {
    const { run, installation, options, links } = await setUp(t);
    await run();
    assert.deepEqual(await goBack(installation, options), { from: '0.3.0', to: '0.2.0', tookMs: 0 });
    assert.deepEqual(await links(), { current: '0.2.0', previous: '0.3.0', unproven: null });
  });

  test('cannot be taken back to nothing', async (t) => {
    const { installation, options } = await fakeInstallation(t);
    await installation.link('previous', null);
    await assert.rejects(goBack(installation, options), because('nothingBefore', /no version before 0\.2\.0/));
  });

  test('refuses to run twice at once', async (t) => {
    const { run, installation } = await setUp(t);
    await withUpdateLock(installation.lockFile, () => assert.rejects(run(), because('busy', /under way/)));
    await run();
  });
});

describe('an update leaves everything as it was', () => {
  const kinds: [string, UpdateFailure, RegExp, (world: Awaited<ReturnType<typeof setUp>>) => object | undefined][] = [
    [
      'an archive with a wrong byte',
      'badArchive',
      /expected sha256 [0-9a-f]+, got/,
      ({ file }) => {
        const bytes = readFileSync(file);
        bytes[30] = (bytes[30] ?? 0) ^ 1;
        writeFileSync(file, bytes);
        return undefined;
      },
    ],
    [
      'half an archive',
      'badArchive',
      /expected \d+ bytes, got 20 bytes/,
      ({ file }) => {
        truncateSync(file, 20);
        return undefined;
      },
    ],
    [
      'no archive',
      'unreachable',
      /is missing/,
      ({ file }) => {
        rmSync(file);
        return undefined;
      },
    ],
    [
      'a full disk',
      'noSpace',
      /the update needs 10\d\.\d MB/,
      () => ({ statFs: async () => ({ bavail: 1, bsize: 4096 }) }),
    ],
    [
      'a disk that fills up meanwhile',
      'noSpace',
      /is full/,
      () => ({
        syncFiles: async () => {
          throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
        },
      }),
    ],
    ['another architecture', 'noArchive', /not there for arm, only for: x64/, () => ({ arch: 'arm' })],
    [
      'a Node that is too old',
      'nodeTooOld',
      /needs Node 20\.19\.0 or newer; this is 18\.20\.4/,
      () => ({ nodeVersion: '18.20.4' }),
    ],
    [
      'a version that does not start',
      'badArchive',
      /does not start on this machine: wrong ELF class/,
      () => ({
        askVersion: async () => {
          throw new Error('wrong ELF class');
        },
      }),
    ],
  ];
  for (const [name, reason, pattern, prepare] of kinds) {
    test(`for ${name}`, async (t) => {
      const world = await setUp(t);
      const options = prepare(world);
      await assert.rejects(world.run(options), because(reason, pattern));
      assert.deepEqual(await world.links(), UNTOUCHED);
      assert.deepEqual(world.service.restarts, []);
      assert.deepEqual(world.versions(), ['0.1.0', '0.2.0']);
    });
  }

  test('and leaves no download on a full disk', async (t) => {
    const { run, installation } = await setUp(t);
    const statFs = async () => {
      writeFileSync(`${installation.downloadFolder}/part`, 'of an archive');
      return { bavail: 1, bsize: 4096 };
    };
    await assert.rejects(run({ statFs }), because('noSpace', /free/));
    assert.ok(!existsSync(installation.downloadFolder));
  });

  test('for an archive that holds another version', async (t) => {
    const { run, links } = await setUp(t, { inside: '0.2.5' });
    await assert.rejects(run(), because('badArchive', /holds something else: 0\.2\.5/));
    assert.deepEqual(await links(), UNTOUCHED);
  });

  test('for a program that gives another version', async (t) => {
    const { run, links } = await setUp(t, { answer: '0.2.9' });
    await assert.rejects(run(), because('badArchive', /says of itself that it is 0\.2\.9/));
    assert.deepEqual(await links(), UNTOUCHED);
  });

  test('where it may not write', async (t) => {
    const { run, installation } = await setUp(t);
    mkdirSync(installation.lockFile); // a folder cannot be opened for writing, whoever asks
    await assert.rejects(run(), because('unwritable', /cannot be written \(EISDIR\)\. Try: sudo/));
  });
});

describe('after a power cut', () => {
  class PowerCut extends Error {}

  const GOOD = ['remember', 'keepPrevious', 'switch', 'restart', 'prove', 'accept', 'tidy'];
  const BAD = [
    'remember',
    'keepPrevious',
    'switch',
    'restart',
    'prove',
    'switchBack',
    'restartBefore',
    'restorePrevious',
    'forget',
    'tidy',
  ];

  for (const [kind, steps] of [
    ['good', GOOD],
    ['bad', BAD],
  ] as const) {
    for (const cutAt of steps) {
      test(`before "${cutAt}" of a ${kind} version, the next call leaves one whole version`, async (t) => {
        const { run, installation, options, service, links, versions } = await setUp(t);
        if (kind === 'bad') service.broken.set('0.3.0', 'failed');
        const seen: string[] = [];
        const onStep = (step: string) => {
          seen.push(step);
          if (step === cutAt) throw new PowerCut();
        };
        await assert.rejects(run({ onStep }), PowerCut);
        assert.deepEqual(seen, steps.slice(0, steps.indexOf(cutAt) + 1));
        const { current } = await links();
        assert.ok(current !== null && versions().includes(current), 'what is started at boot is there');
        await service.restart(); // the boot
        await resume(installation, options).catch((error: unknown) => {
          assert.ok(kind === 'bad' && error instanceof UpdateError && error.reason === 'notReady', String(error));
        });
        const switched = kind === 'good' && steps.indexOf(cutAt) > steps.indexOf('switch');
        assert.deepEqual(await links(), switched ? UPDATED : UNTOUCHED);
        assert.equal(service.restarts.at(-1), switched ? '0.3.0' : '0.2.0');
        service.broken.clear();
        await run(); // and the update can be had again
        assert.deepEqual(await links(), UPDATED);
        assert.deepEqual(
          versions().filter((name) => name !== '0.1.0'),
          ['0.2.0', '0.3.0'],
        );
      });
    }
  }

  test('while unpacking, what was unpacked has no final name and is unpacked anew', async (t) => {
    const { run, installation, links } = await setUp(t);
    mkdirSync(`${installation.folderOf('0.3.0')}.unpacking/old`, { recursive: true });
    await run();
    assert.ok(!existsSync(`${installation.folderOf('0.3.0')}/old`));
    assert.deepEqual(await links(), UPDATED);
    assert.ok(!existsSync(`${installation.folderOf('0.3.0')}.unpacking`));
  });

  test('before there was an update, there is nothing to finish', async (t) => {
    const { installation, options, links } = await setUp(t);
    assert.equal(await resume(installation, options), null);
    assert.deepEqual(await links(), UNTOUCHED);
  });
});
