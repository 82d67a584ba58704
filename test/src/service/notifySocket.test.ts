import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { openNotifySocket } from '../../../src/service/notifySocket.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

/** The manager's side: a real datagram socket, which Node has none of. Prints "bound", then each message on a line. */
const RECEIVER = `
import socket, sys
name = sys.argv[1]
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(('\\0' + name[1:]) if name[0] == '@' else name)
print('bound', flush=True)
while True:
    print(repr(receiver.recv(8192).decode()), flush=True)
`;

const skip =
  process.platform !== 'linux' || spawnSync('python3', ['-c', '']).status !== 0 ? 'needs Linux and python3' : false;

/** A manager that listens at `address`; `next` is its next line. */
async function manager(t: TestContext, address: string) {
  const child: ChildProcess = spawn('python3', ['-c', RECEIVER, address], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const { stdout } = child;
  assert.ok(stdout);
  stdout.setEncoding('utf8');
  let text = '';
  stdout.on('data', (more: string) => {
    text += more;
  });
  const next = async (): Promise<string> => {
    while (!text.includes('\n')) await once(stdout, 'data');
    const line = text.slice(0, text.indexOf('\n'));
    text = text.slice(line.length + 1);
    return line;
  };
  assert.equal(await next(), 'bound');
  return { next, end: () => child.kill('SIGKILL') && once(child, 'exit') };
}

function opened(t: TestContext, address: string) {
  const socket = openNotifySocket(address);
  assert.ok(socket);
  t.after(() => socket.close());
  return socket;
}

suite('the socket of the service manager', { skip }, () => {
  for (const kind of ['path', 'abstract name']) {
    test(`gets whole messages in order at a ${kind}`, async (t) => {
      const unique = path.join(temporaryFolder(t), 'notify');
      const address = kind === 'path' ? unique : `@${unique}`;
      const { next } = await manager(t, address);
      const socket = opened(t, address);
      assert.equal(socket.send('READY=1\nSTATUS=Bereit, Größe ✓'), true);
      assert.equal(socket.send('WATCHDOG=1'), true);
      assert.equal(await next(), "'READY=1\\nSTATUS=Bereit, Größe ✓'");
      assert.equal(await next(), "'WATCHDOG=1'");
    });
  }

  test('is the new one when the manager was started anew', async (t) => {
    const address = `@${path.join(temporaryFolder(t), 'notify')}`;
    const before = await manager(t, address);
    const socket = opened(t, address);
    await before.end();
    assert.equal(socket.send('WATCHDOG=1'), false);
    const after = await manager(t, address);
    assert.equal(socket.send('READY=1'), true);
    assert.equal(await after.next(), "'READY=1'");
  });

  test('never waits for a manager that reads nothing: it says that the message is not sent', async (t) => {
    const address = `@${path.join(temporaryFolder(t), 'notify')}`;
    const { next } = await manager(t, address);
    const socket = opened(t, address);
    assert.equal(socket.send('first'), true);
    assert.equal(await next(), "'first'");
    // The receiver's pipe is full long before so much is read from it.
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
    const address = `@${path.join(temporaryFolder(t), 'notify')}`;
    await manager(t, address);
    const socket = opened(t, address);
    socket.close();
    socket.close();
    assert.equal(socket.send('READY=1'), false);
  });
});
