import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder, syncToDisk } from './durableFolder.js';
import { tryLock } from './fileLock.js';

/** Everybody, but for what the process masks (open(2)). */
const USUAL_MODE = 0o666;

/** Another process that replaces the same file writes a few kilobytes. */
const RETRY_MS = 5;
const PATIENCE_MS = 5_000;

/** Where the next content of a file is written: complete before it takes the file's name. What is left there is void. */
export function nextFile(file: string): string {
  return `${file}.new`;
}

/**
 * Writes a small file, and its folder where it is missing; a power cut leaves the old or the new. Of two processes that do
 * so at once, one comes after the other. What root writes belongs to whom the old file belongs, or else the folder: a
 * service that is not root reads and writes it on.
 * @param mode exactly this; default: that of the old file, or what everybody's new files have
 * @returns what tells this file from any other of the same name
 * @throws when the disk does not take it; the old one is still there then, unless its folder alone could not be synced
 */
export async function replaceFile(
  file: string,
  text: string,
  mode?: number,
): Promise<Pick<Stats, 'ino' | 'dev' | 'size'>> {
  const folder = path.dirname(file);
  await makeFolder(folder);
  const old = await stat(file).catch(() => undefined);
  const exactMode = mode ?? (old && old.mode & 0o777);
  const next = nextFile(file);
  const handle = await claimed(next, exactMode ?? USUAL_MODE);
  let written: Stats;
  try {
    await handle.writeFile(text);
    if (exactMode !== undefined && ((await handle.stat()).mode & 0o777) !== exactMode) await handle.chmod(exactMode);
    if (process.getuid?.() === 0) {
      const { uid, gid } = old ?? (await stat(folder));
      if (uid !== 0 || gid !== 0) await handle.chown(uid, gid);
    }
    await handle.sync();
    written = await handle.stat();
    await rename(next, file);
  } catch (error) {
    await rm(next, { force: true }).catch(() => {}); // the first failure is the one to tell
    throw error;
  } finally {
    await handle.close();
  }
  await syncToDisk(folder);
  return written;
}

/** Gives a complete file its final name, or a folder whose files are on the disk. The content gets there before the name. */
export async function putInPlace(complete: string, destination: string): Promise<void> {
  await makeFolder(path.dirname(destination));
  await syncToDisk(complete);
  await rename(complete, destination);
  await syncToDisk(path.dirname(destination));
}

/** Points a symbolic link elsewhere, or makes it; a power cut leaves the old or the new. One process at a time. */
export async function replaceLink(link: string, target: string): Promise<void> {
  const next = nextFile(link);
  await rm(next, { force: true });
  await symlink(target, next);
  await rename(next, link);
  await syncToDisk(path.dirname(link));
}

/**
 * Opens `next` anew. It is locked as long as it is open, and so is told from what a process that was killed has left.
 * Never the old one: that would keep its mode, and may be a link to elsewhere.
 */
async function claimed(next: string, mode: number): Promise<FileHandle> {
  for (let waitedMs = 0; waitedMs <= PATIENCE_MS; waitedMs += RETRY_MS) {
    const handle = await open(next, 'wx', mode).catch(orExists);
    if (handle) {
      if (tryLock(handle.fd) && (await isNamed(handle, next))) return handle;
      await handle.close(); // taken for a leftover before it could be locked
    } else if (!(await removedLeftover(next))) await sleep(RETRY_MS);
  }
  throw new Error(`another process does not finish writing ${next}`);
}

/** @returns false when a process that lives is writing it */
async function removedLeftover(next: string): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(next, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    // A link, or another user's: nobody here is writing it.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') await rm(next, { force: true });
    return true;
  }
  try {
    // Only whoever has it locked removes it or gives it another name.
    const isLeftover = tryLock(handle.fd) && (await isNamed(handle, next));
    if (isLeftover) await rm(next, { force: true });
    return isLeftover;
  } finally {
    await handle.close();
  }
}

async function isNamed(handle: FileHandle, name: string): Promise<boolean> {
  const [open, named] = await Promise.all([handle.stat(), stat(name).catch(() => undefined)]);
  return open.ino === named?.ino && open.dev === named.dev;
}

function orExists(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'EEXIST') throw error;
}
