import { createRequire } from 'node:module';
import { getSystemErrorName } from 'node:util';
import { GpioError } from '../drivers.js';

/** A call to the kernel failed. */
export class SyscallError extends Error {
  override readonly name = 'SyscallError';
  constructor(
    /** The error's name in <errno.h>: "EBUSY". */
    readonly code: string,
    call: string,
  ) {
    super(`${call}: ${code}`);
  }
}

/** What Node does not offer of the C library and a GPIO character device needs. */
export interface Libc {
  /**
   * Reads and writes `argument` in place.
   * @throws {SyscallError}
   */
  ioctl(descriptor: number, request: number, argument: Buffer): void;
  /**
   * Waits on a thread of Node's pool until one of `fds` (an array of `struct pollfd`) is ready or `timeoutMs` is over.
   * @throws {SyscallError}
   */
  poll(fds: Buffer, timeoutMs: number): Promise<void>;
  /**
   * A descriptor that is readable once something was written to it: it ends a `poll` early.
   * @throws {SyscallError}
   */
  eventfd(): number;
}

/** From <sys/eventfd.h>: not inherited by children, and a second write never blocks. */
const EFD_CLOEXEC_NONBLOCK = 0o2000000 | 0o4000;

/**
 * The process's own C library, called through koffi.
 * @throws {GpioError} notSupported off Linux; libraryMissing where koffi has no binary for this machine
 */
export function openLibc(): Libc {
  if (process.platform !== 'linux') {
    throw new GpioError(
      'notSupported',
      `GPIO character devices exist on Linux only, and this is ${process.platform}: choose the button driver "keyboard" or "none".`,
    );
  }
  const koffi = loadKoffi();
  const library = koffi.load(null);
  const ioctl = library.func('int ioctl(int fd, unsigned long request, void *argument)');
  const poll = library.func('int poll(void *fds, unsigned long count, int timeout)');
  const eventfd = library.func('int eventfd(unsigned int initial, int flags)');
  const failed = (call: string) => new SyscallError(getSystemErrorName(-koffi.errno()), call);
  return {
    ioctl(descriptor, request, argument) {
      const result: number = ioctl(descriptor, request, argument);
      if (result < 0) throw failed('ioctl');
    },
    async poll(fds, timeoutMs) {
      const count = fds.length / 8;
      const ready = await new Promise<number>((resolve, reject) => {
        poll.async(fds, count, timeoutMs, (error: unknown, result: number) =>
          error === null || error === undefined ? resolve(result) : reject(error),
        );
      });
      if (ready >= 0) return;
      // The thread's error number is out of reach here. Asked again, at once, poll fails the same way or was interrupted.
      const result: number = poll(fds, count, 0);
      if (result < 0 && koffi.errno() !== koffi.os.errno['EINTR']) throw failed('poll');
    },
    eventfd() {
      const descriptor: number = eventfd(0, EFD_CLOEXEC_NONBLOCK);
      if (descriptor < 0) throw failed('eventfd');
      return descriptor;
    },
  };
}

/** Loaded late, so that a machine for which koffi has no binary can still do everything else. */
function loadKoffi(): typeof import('koffi') {
  try {
    return createRequire(import.meta.url)('koffi');
  } catch (cause) {
    throw new GpioError(
      'libraryMissing',
      `The library koffi, which opens GPIO lines, does not load on ${process.platform} ${process.arch}: run npm install again on this machine.`,
      { cause },
    );
  }
}
