import koffi from 'koffi';

/** Exclusive, and without waiting (flock(2)). */
const LOCK_EX = 2;
const LOCK_NB = 4;

/** Bound once: each binding takes memory that is never given back. Elsewhere than on Linux nothing is locked. */
const flock =
  process.platform === 'linux' ? koffi.load('libc.so.6').func('int flock(int fd, int operation)') : undefined;

/** Locks an open file or folder for this process until it is closed. @returns whether no other process has it */
export function tryLock(descriptor: number): boolean {
  return flock === undefined || flock(descriptor, LOCK_EX | LOCK_NB) === 0;
}
