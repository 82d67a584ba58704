import koffi from 'koffi';

/**
 * Ends the process at once, without waiting for threads: for when something of it hangs. `process.exit` waits for them,
 * and a model's thread that is stopped in the middle of a computation aborts the process. What waits for the exit, such
 * as a terminal that has to be restored, is told.
 */
export function endProcess(code: number): never {
  process.emit('exit', code);
  koffi.load('libc.so.6').func('void _exit(int status)')(code);
  throw new Error('the process goes on after its end');
}
