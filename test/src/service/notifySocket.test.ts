import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { openNotifySocket } from '../../../src/service/notifySocket.js';
import { serviceManagerAt, skipWithoutServiceManager } from '../../fixtures/serviceManager.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

function opened(t: TestContext, address: string) {
  const socket = openNotifySocket(address);
  assert.ok(socket);
  t.after(() => socket.close());
  return socket;
}

/** Nobody else's: the name of a folder that was just made. */
const abstractName = (t: TestContext) => `@${path.join(temporaryFolder(t), 'notify')}`;

suite('the socket of the service manager', { skip: skipWithoutServiceManager }, () => {
  for (const kind of ['path', 'abstract name']) {
    test(`gets whole messages in order at a ${kind}`, async (t) => {
      const address = kind === 'path' ? path.join(temporaryFolder(t), 'notify') : abstractName(t);
      const manager = await serviceManagerAt(t, address);
      const socket = opened(t, address);
      assert.equal(socket.send('READY=1\nSTATUS=Bereit, Größe ✓'), true);
      assert.equal(socket.send('WATCHDOG=1'), true);
      assert.equal(await manager.next(), 'READY=1\nSTATUS=Bereit, Größe ✓');
      assert.equal(await manager.next(), 'WATCHDOG=1');
    });
  }

  test('is the new one when the manager was started anew', async (t) => {
    const address = abstractName(t);
    const before = await serviceManagerAt(t, address);
    const socket = opened(t, address);
    await before.end();
    assert.equal(socket.send('WATCHDOG=1'), false);
    const after = await serviceManagerAt(t, address);
    assert.equal(socket.send('READY=1'), true);
    assert.equal(await after.next(), 'READY=1');
  });

  test('never waits for a manager that reads too slowly: it says that the message is not sent', async (t) => {
    const address = abstractName(t);
    await serviceManagerAt(t, address);
    const socket = opened(t, address);
    let sent = 0;
    while (sent < 1_000_000 && socket.send('x'.repeat(4_000))) sent += 1;
    assert.ok(sent < 1_000_000, 'all were taken');
  });

  test('is not looked for at addresses that are none', () => {
    for (const address of ['', '@', 'notify', 'vsock:2:1234', `/${'x'.repeat(200)}`]) {
      assert.equal(openNotifySocket(address), undefined, address);
    }
  });

  test('takes nothing after it was closed', async (t) => {
    const address = abstractName(t);
    await serviceManagerAt(t, address);
    const socket = opened(t, address);
    socket.close();
    socket.close();
    assert.equal(socket.send('READY=1'), false);
  });
});
