import { closeSync } from 'node:fs';
import koffi from 'koffi';

/** Where a service manager listens for what its services tell. */
export interface NotifySocket {
  /** Never waits. @returns whether the manager will get it; where not, it may be tried again */
  send(message: string): boolean;
  /** Safe to call twice. */
  close(): void;
}

/** From <sys/socket.h>, as all of Linux but MIPS and SPARC has them. */
const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const MSG_NOSIGNAL = 0x4000;

/** Of `sun_path` in `struct sockaddr_un`, unix(7). */
const MAX_PATH_BYTES = 108;

/**
 * Opens the socket that the variable NOTIFY_SOCKET names: a path, or "@name" in the abstract namespace. Node has no such
 * sockets, so the C library is called; the program `systemd-notify` would be a process for each message, which the manager
 * has to be told to believe.
 * @returns undefined for an address of another kind (a virtual machine tells its host through "vsock:"), or without a
 *   socket to be had
 */
export function openNotifySocket(address: string): NotifySocket | undefined {
  const target = socketAddress(address);
  if (!target) return undefined;
  const libc = koffi.load(null);
  const socket = libc.func('int socket(int domain, int type, int protocol)');
  const sendto = libc.func(
    'long sendto(int fd, const void *data, unsigned long bytes, int flags, const void *to, unsigned int toBytes)',
  );
  // Not connected: a manager that was started anew has another socket of the same name.
  const descriptor: number = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return undefined;
  let closed = false;
  return {
    send(message) {
      const data = Buffer.from(message);
      return !closed && sendto(descriptor, data, data.length, MSG_NOSIGNAL, target, target.length) === data.length;
    },
    close() {
      if (!closed) closeSync(descriptor);
      closed = true;
    },
  };
}

/** `struct sockaddr_un`. A path ends with a zero; an abstract name begins with one and ends with the structure. */
function socketAddress(address: string): Buffer | undefined {
  const isAbstract = address.startsWith('@');
  if (!isAbstract && !address.startsWith('/')) return undefined;
  const path = Buffer.from(isAbstract ? `\0${address.slice(1)}` : `${address}\0`);
  if (path.length > MAX_PATH_BYTES || path.length < 2) return undefined;
  const family = Buffer.from(Uint16Array.of(AF_UNIX).buffer);
  return Buffer.concat([family, path]);
}
