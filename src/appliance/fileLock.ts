import koffi from 'koffi';

/** Exclusive, and without waiting (flock(2)). */
const LOCK_EX = 2;
const LOCK_NB = 4;

/** Locks an open file or folder for this process until it is closed. @returns whether no other process has it */
export function tryLock(descriptor: number): boolean {
  const flock = koffi.load('libc.so.6').func('int flock(int fd, int operation)');
  return flock(descriptor, LOCK_EX | LOCK_NB) === 0;
}
