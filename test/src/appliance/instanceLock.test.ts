import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { AlreadyRunningError, lockFile, lockInstance } from '../../../src/appliance/instanceLock.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

suite('the lock of the running copy', () => {
  test('is had by one at a time, and tells whose it is and how to stop it', (t) => {
    const file = path.join(temporaryFolder(t), 'run', 'pressel.lock');
    const unlock = lockInstance(file);
    assert.equal(readFileSync(file, 'utf8'), `${process.pid}\n`);
    assert.throws(
      () => lockInstance(file),
      (error) =>
        error instanceof AlreadyRunningError &&
        error.pid === process.pid &&
        error.message.includes(`kill ${process.pid}`) &&
        error.message.includes('systemctl stop pressel'),
    );
    unlock();
    lockInstance(file)();
  });

  test('is not a matter of the file, which a power cut leaves behind', (t) => {
    const file = path.join(temporaryFolder(t), 'pressel.lock');
    lockInstance(file)();
    assert.ok(existsSync(file));
    lockInstance(file)();
    assert.equal(readFileSync(file, 'utf8'), `${process.pid}\n`);
  });

  test('has no advice where nobody has written whose it is', () => {
    const { message } = new AlreadyRunningError(undefined);
    assert.equal(message, 'Another copy of Pressel runs already.');
  });

  test("lies in systemd's folder for the service, else in that of the session, else in one for each user", () => {
    const session = { XDG_RUNTIME_DIR: '/run/user/7' };
    assert.equal(lockFile({ RUNTIME_DIRECTORY: '/run/pressel', ...session }), '/run/pressel/pressel.lock');
    assert.equal(lockFile(session), '/run/user/7/pressel.lock');
    assert.equal(lockFile({ XDG_RUNTIME_DIR: '' }), lockFile({}));
    assert.match(lockFile({}), /pressel-\d+\.lock$/);
  });
});
