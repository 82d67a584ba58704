import { type FileHandle, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder as makeDurableFolder } from '../appliance/durableFolder.js';
import { tryLock } from '../appliance/fileLock.js';
import { putInPlace } from '../appliance/replaceFile.js';
import { withFolderLock } from '../memory/folderLock.js';
import { writeFailure } from './modelError.js';

const PREFIX = '.fetch-';

/**
 * Runs `work` with an empty folder of its own inside the models folder (the same file system, so that a finished file
 * is moved in one step), and removes that folder afterwards. Leftovers of a power cut are removed on the way.
 * @throws {ModelError} `unwritable`, `noSpace`; what `work` throws
 */
export async function withWorkspace<Result>(
  modelsFolder: string,
  work: (workspace: string) => Promise<Result>,
): Promise<Result> {
  await makeFolder(modelsFolder);
  let own: { readonly folder: string; readonly handle: FileHandle };
  try {
    own = await withFolderLock(modelsFolder, async () => {
      await removeAbandoned(modelsFolder);
      const folder = await mkdtemp(path.join(modelsFolder, PREFIX));
      const handle = await open(folder, 'r');
      tryLock(handle.fd); // nobody else knows of it yet
      return { folder, handle };
    });
  } catch (error) {
    throw writeFailure(error, modelsFolder) ?? error;
  }
  try {
    return await work(own.folder);
  } finally {
    await rm(own.folder, { recursive: true, force: true });
    await own.handle.close();
  }
}

/** @throws {ModelError} `unwritable`, `noSpace` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeDurableFolder(folder);
  } catch (error) {
    throw writeFailure(error, folder) ?? error;
  }
}

/** What no process has locked belongs to none that lives. */
async function removeAbandoned(modelsFolder: string): Promise<void> {
  for (const name of await readdir(modelsFolder)) {
    if (!name.startsWith(PREFIX)) continue;
    const leftover = path.join(modelsFolder, name);
    const handle = await open(leftover, 'r').catch(() => undefined);
    if (!handle) continue; // its owner has just removed it
    try {
      if (tryLock(handle.fd)) await rm(leftover, { recursive: true, force: true });
    } finally {
      await handle.close();
    }
  }
}

/**
 * Gives a checked file its final name. The content reaches the disk before the name does, so that no power cut leaves
 * a file that looks whole and is not. When two processes install the same file, the last one wins; both are equal.
 * @throws {ModelError} `unwritable`, `noSpace`
 */
export async function install(checkedFile: string, destination: string): Promise<void> {
  try {
    await putInPlace(checkedFile, destination);
  } catch (error) {
    throw writeFailure(error, path.dirname(destination)) ?? error;
  }
}
