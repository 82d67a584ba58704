import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../inspector/protocol.js';

/**
 * A program of its own that does to an inspector what it must stand, all at once and without a pause, until its input ends.
 * Says "open" when it has begun. Usage: `node attack.js URL`.
 */
const { hostname, port } = new URL(process.argv[2] ?? '');
const IDLE_CONNECTIONS = 1_000;
const LARGE_BODY = Buffer.alloc(10 * 2 ** 20, 'a');
const MALFORMED_FRAME = Buffer.from([0xf1, 0x05, 1, 2, 3, 4, 5]);

async function connected(): Promise<Socket | undefined> {
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {}).resume();
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => {});
  return socket.destroyed ? undefined : socket;
}

/** Connections that say nothing, or never come to an end. */
async function idlers(): Promise<void> {
  const sockets = await Promise.all(Array.from({ length: IDLE_CONNECTIONS }, connected));
  for (const socket of sockets) socket?.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  await wait(500);
  for (const socket of sockets) socket?.destroy();
}

async function asks(head: string, body: Buffer = Buffer.alloc(0)): Promise<void> {
  const socket = await connected();
  if (!socket) return;
  socket.write(head);
  socket.end(body);
  await once(socket, 'close').catch(() => {});
}

const HOST = `Host: ${hostname}:${port}\r\n`;
const ATTACKS: readonly (() => Promise<void>)[] = [
  idlers,
  () => asks(`POST /login HTTP/1.1\r\n${HOST}Content-Length: ${LARGE_BODY.length}\r\n\r\n`, LARGE_BODY),
  () => asks(`GET / HTTP/1.1\r\n${HOST}Cookie: pressel_inspector=${Math.random()}\r\nConnection: close\r\n\r\n`),
  () => asks(`GET /../../etc/passwd HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`),
  async () => {
    const page = new WebSocket(`ws://${hostname}:${port}/live`, SUBPROTOCOL);
    page.on('error', () => {});
    page.on('open', () => {
      const socket: unknown = Reflect.get(page, '_socket');
      (socket as Socket).write(MALFORMED_FRAME);
    });
    await once(page, 'close').catch(() => {});
  },
];

async function again(attack: () => Promise<void>): Promise<never> {
  for (;;) {
    await attack();
    await wait(1);
  }
}

for (const attack of ATTACKS) void again(attack);
process.stdout.write('open\n');
process.stdin.resume().once('end', () => process.exit(0));
