import { isLoopback } from '../inspector/http/hostNames.js';
import type { Computer } from './computer.js';

/** Somebody on this computer waits for connections here. */
export interface ListeningSocket {
  /** "127.0.0.1", "0.0.0.0", "::". */
  readonly address: string;
  readonly port: number;
  /** By which a process's descriptors name it. */
  readonly inode: string;
}

/** State of a listening socket in /proc/net/tcp (include/net/tcp_states.h). */
const LISTENING = '0A';

/** Every TCP socket that waits for connections, as the kernel tells everybody. */
export async function listeningSockets(computer: Pick<Computer, 'text'>): Promise<ListeningSocket[]> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => computer.text(file)));
  return tables.flatMap((table) =>
    (table ?? '').split('\n').flatMap((line) => {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      const [address = '', port = ''] = local.split(':');
      return state === LISTENING ? [{ address: addressOf(address), port: Number.parseInt(port, 16), inode }] : [];
    }),
  );
}

/** Whether other computers reach it, unless a firewall keeps them away. */
export function isExposed({ address }: ListeningSocket): boolean {
  return !isLoopback(address.replace(/^::ffff:/, ''));
}

/** The inodes of the sockets that a process has open; none where this user may not know. */
export async function socketsOf(computer: Pick<Computer, 'links'>, pid: number): Promise<ReadonlySet<string>> {
  const links = await computer.links(`/proc/${pid}/fd`);
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

/** The kernel prints words of 32 bits as this processor reads them: every machine that this runs on is little-endian. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
  );
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return '::1';
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return `::ffff:${bytes.slice(12).join('.')}`;
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  return groups.join(':');
}
