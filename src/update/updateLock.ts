import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { tryLock } from '../appliance/fileLock.js';
import { UpdateError, unwritable } from './updateError.js';

/**
 * Does what no other process may do at the same time. The kernel gives the lock up when the process ends, however it ends.
 * @throws {UpdateError} `busy`, `unwritable`
 */
export async function withUpdateLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    handle = await open(file, 'a', 0o600);
  } catch (error) {
    throw new UpdateError('unwritable', unwritable(path.dirname(file), error), { cause: error });
  }
  try {
    if (!tryLock(handle.fd)) {
      throw new UpdateError('busy', 'Another update or installation is under way. Wait for it, then try again.');
    }
    return await work();
  } finally {
    await handle.close();
  }
}
