import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from './fileLock.js';

/** Whoever has the lock renames or removes one small file. */
const RETRY_MS = 5;
const PATIENCE_MS = 5_000;

/**
 * Does what must not happen at the same time in two processes to the names in a folder. The kernel gives the lock up when
 * the process ends, however it ends.
 * @throws when the folder is not there, or another process does not let go of it
 */
export async function withFolderLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const handle = await open(folder, 'r');
  try {
    for (let waitedMs = 0; !tryLock(handle.fd); waitedMs += RETRY_MS) {
      if (waitedMs >= PATIENCE_MS) throw new Error(`another process has locked the folder ${folder}`);
      await sleep(RETRY_MS);
    }
    return await work();
  } finally {
    await handle.close();
  }
}
