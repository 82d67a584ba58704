import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { suite, test } from 'node:test';
import { ollamaExposureCheck, ownExposureCheck } from '../../../../src/doctor/checks/network.js';
import { thisComputer } from '../../../../src/doctor/computer.js';
import { isExposed, listeningSockets } from '../../../../src/doctor/listeningSockets.js';
import { fakeComputer } from '../../../fixtures/fakeComputer.js';

const { signal } = new AbortController();
const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const line = (local: string, state: string, inode: number) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100 0\n`;
const OLLAMA_PORT = '2CAA';
const LOCAL = '0100007F';
const ANY = '00000000';
const ANY_6 = '0'.repeat(32);

const URL_HERE = 'http://127.0.0.1:11434';

function computerWith(tcp: string, tcp6 = '', rest: Parameters<typeof fakeComputer>[0] = {}) {
  return fakeComputer({ ...rest, files: { '/proc/net/tcp': HEAD + tcp, '/proc/net/tcp6': HEAD + tcp6 } });
}

suite('listening sockets', () => {
  test('are read with their addresses, and nothing else is', async () => {
    const tcp =
      line(`${LOCAL}:${OLLAMA_PORT}`, '0A', 1) + line(`${ANY}:1CA5`, '01', 2) + line(`0501A8C0:1CA5`, '0A', 3);
    const tcp6 = [
      ANY_6,
      `${'0'.repeat(24)}01000000`,
      `${'0'.repeat(16)}FFFF0000${LOCAL}`,
      '000080FE00000000FF005450B6AD1DFE',
    ]
      .map((address, index) => line(`${address}:1CA5`, '0A', 10 + index))
      .join('');
    const sockets = await listeningSockets(computerWith(tcp, tcp6));
    assert.deepEqual(
      sockets.map((socket) => [socket.address, socket.port, socket.inode, isExposed(socket)]),
      [
        ['127.0.0.1', 11434, '1', false],
        ['192.168.1.5', 7333, '3', true],
        ['::', 7333, '10', true],
        ['::1', 7333, '11', false],
        ['::ffff:127.0.0.1', 7333, '12', false],
        ['fe80:0:0:0:5054:ff:fe1d:adb6', 7333, '13', true],
      ],
    );
  });

  test('of this very computer are found', async (t) => {
    const server = createServer().listen(0, '127.0.0.1');
    t.after(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const sockets = await listeningSockets(thisComputer({}));
    assert.equal(sockets.find(({ port }) => port === address.port)?.address, '127.0.0.1');
  });
});

suite('the exposure of the model server', () => {
  const check = (tcp: string, tcp6 = '', url: string = URL_HERE) =>
    ollamaExposureCheck(computerWith(tcp, tcp6), url).run(signal);

  test('is none where it listens on this computer only, or not at all', async () => {
    assert.match((await check(line(`${LOCAL}:${OLLAMA_PORT}`, '0A', 1))).reason, /^only this computer/);
    assert.equal((await check('')).verdict, 'ok');
    assert.equal((await check(line(`${ANY}:0016`, '0A', 1))).verdict, 'ok', 'another program is none of our business');
  });

  test('is told where everybody may use it, with what closes it', async () => {
    for (const [tcp, tcp6] of [
      [line(`${ANY}:${OLLAMA_PORT}`, '0A', 1), ''],
      ['', line(`${ANY_6}:${OLLAMA_PORT}`, '0A', 1)],
    ] as const) {
      const { verdict, remedy } = await check(tcp, tcp6);
      assert.equal(verdict, 'degraded');
      assert.match(
        remedy ?? '',
        /^sudo mkdir -p \/etc\/systemd\/system\/ollama\.service\.d && printf '\[Service\]\\nEnvironment=OLLAMA_HOST=127\.0\.0\.1\\n' \| sudo tee \S+\/pressel\.conf && sudo systemctl daemon-reload && sudo systemctl restart ollama;/,
      );
    }
  });

  test('of another computer is its own, and what goes there is told', async () => {
    assert.match((await check('', '', 'http://nas.local:11434')).reason, /unencrypted/);
    assert.match((await check('', '', 'https://nas.local')).reason, /encrypted$/);
  });
});

suite('the exposure of this program', () => {
  const own = (tcp: string, rest: Parameters<typeof fakeComputer>[0], pid: number | undefined = 700) =>
    ownExposureCheck(computerWith(tcp, '', rest), { pid, listen: '0.0.0.0:7333' }).run(signal);
  const sees = { folders: { '/proc/700/fd': ['/dev/null', 'socket:[3]'] } };

  test('is none where it does not run, or listens to this computer only', async () => {
    assert.match(
      (await ownExposureCheck(fakeComputer(), { pid: undefined, listen: 'off' }).run(signal)).reason,
      /does not run/,
    );
    assert.equal((await own(line(`${LOCAL}:1CA5`, '0A', 3) + line(`${ANY}:1CA5`, '0A', 4), sees)).verdict, 'ok');
  });

  test('asks for a token of those outside, whoever looks: the token is in the state of the user who runs it', async () => {
    const { verdict, reason } = await own(line(`${ANY}:1CA5`, '0A', 3), sees);
    assert.deepEqual([verdict, reason], ['ok', 'it listens on 0.0.0.0, port 7333, and asks for the token']);
  });

  test('is told of what is not the inspector, which asks for nothing', async () => {
    const { verdict, reason, remedy } = await own(line(`${ANY}:1F90`, '0A', 3), sees);
    assert.equal(verdict, 'degraded');
    assert.match(reason, /^it listens on 0\.0\.0\.0, port 8080, which is not its inspector's/);
    assert.match(remedy ?? '', /^sudo systemctl restart pressel; .*skills$/);
  });

  test('is not known of the process of another user', async () => {
    assert.equal((await own('', {})).verdict, 'skipped');
  });
});
