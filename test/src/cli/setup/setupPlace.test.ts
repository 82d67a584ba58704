import assert from 'node:assert/strict';
import { chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { giveToService, readServiceUser, setupPlace } from '../../../../src/cli/setup/setupPlace.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const SERVICE = { uid: 998, gid: 997 };
const none = { explicit: undefined, systemFile: '/nowhere/config.toml', isRoot: false, serviceUser: undefined };
const io = { env: { XDG_DATA_HOME: '/data', LANG: 'C' }, home: '/home/ada' };

suite('where setup writes', () => {
  test("is the user's own file, or the system's where there is one, as that one counts for more", (t) => {
    assert.equal(setupPlace(io, none).configFile, '/home/ada/.config/pressel/config.toml');
    const systemFile = path.join(temporaryFolder(t), 'config.toml');
    writeFileSync(systemFile, '');
    assert.equal(setupPlace(io, { ...none, systemFile }).configFile, systemFile);
    assert.equal(setupPlace(io, { ...none, systemFile, explicit: '/tmp/own.toml' }).configFile, '/tmp/own.toml');
  });

  test("is root's own file without the service, as one for the system would count for everybody", (t) => {
    const root = { ...none, isRoot: true };
    assert.deepEqual(setupPlace(io, root), { configFile: '/home/ada/.config/pressel/config.toml', ...io });
    const systemFile = path.join(temporaryFolder(t), 'config.toml');
    writeFileSync(systemFile, '');
    assert.equal(setupPlace(io, { ...root, systemFile }).configFile, systemFile);
  });

  test("is for root with the service installed the system's file and the service's folders", () => {
    const installed = { ...none, isRoot: true, serviceUser: SERVICE };
    const { configFile, home, env, modelsFolder, owner } = setupPlace(io, installed);
    assert.equal(configFile, '/nowhere/config.toml');
    assert.deepEqual([home, modelsFolder, owner], ['/var/lib/pressel', '/var/lib/pressel/models', SERVICE]);
    assert.deepEqual(env, { LANG: 'C', STATE_DIRECTORY: '/var/lib/pressel' });
  });

  test('is known for a service by its user', (t) => {
    const passwd = path.join(temporaryFolder(t), 'passwd');
    writeFileSync(
      passwd,
      'root:x:0:0::/root:/bin/sh\nmypressel:x:5:5::/:\npressel:x:998:997::/var/lib/pressel:/usr/sbin/nologin\n',
    );
    assert.deepEqual(readServiceUser(passwd), SERVICE);
    writeFileSync(passwd, 'root:x:0:0::/root:/bin/sh\n');
    assert.equal(readServiceUser(passwd), undefined);
    assert.equal(readServiceUser('/nowhere/passwd'), undefined);
  });

  const skip = process.getuid?.() === 0 ? false : 'only root may give files away';
  test("gives the service what root has made in its folders, and nothing that is somebody else's", {
    skip,
  }, async (t) => {
    const folder = temporaryFolder(t);
    const [home, elsewhere] = [path.join(folder, 'state'), path.join(folder, 'elsewhere')];
    mkdirSync(path.join(home, 'models'), { recursive: true });
    for (const file of ['models/one', 'theirs', '../elsewhere']) writeFileSync(path.join(home, file), '');
    chownSync(path.join(home, 'theirs'), 1234, 1234);
    symlinkSync(elsewhere, path.join(home, 'link'));
    await giveToService({ configFile: '', env: {}, home, owner: SERVICE });
    const ownerOf = (file: string) => statSync(file).uid;
    assert.deepEqual(
      ['', 'models', 'models/one', 'theirs'].map((file) => ownerOf(path.join(home, file))),
      [998, 998, 998, 1234],
    );
    assert.equal(ownerOf(elsewhere), 0);
    await giveToService({ configFile: '', env: {}, home: elsewhere });
    assert.equal(ownerOf(elsewhere), 0);
  });
});
