import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFailure } from './modelError.js';

const PREFIX = '.fetch-';
/** A workspace this old belongs to no living process: one that works touches it all the time. */
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

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
  let workspace: string;
  try {
    await removeAbandoned(modelsFolder);
    workspace = await mkdtemp(path.join(modelsFolder, PREFIX));
  } catch (error) {
    throw writeFailure(error, modelsFolder) ?? error;
  }
  try {
    return await work(workspace);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** @throws {ModelError} `unwritable`, `noSpace` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw writeFailure(error, folder) ?? error;
  }
}

async function removeAbandoned(modelsFolder: string): Promise<void> {
  for (const name of await readdir(modelsFolder)) {
    if (!name.startsWith(PREFIX)) continue;
    const leftover = path.join(modelsFolder, name);
    const { mtimeMs } = await stat(leftover).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(leftover, { recursive: true, force: true });
  }
}

/**
 * Gives a checked file its final name. The content reaches the disk before the name does, so that no power cut leaves
 * a file that looks whole and is not. When two processes install the same file, the last one wins; both are equal.
 * @throws {ModelError} `unwritable`, `noSpace`
 */
export async function install(checkedFile: string, destination: string): Promise<void> {
  try {
    await syncToDisk(checkedFile);
    await mkdir(path.dirname(destination), { recursive: true });
    await rename(checkedFile, destination);
    await syncToDisk(path.dirname(destination));
  } catch (error) {
    throw writeFailure(error, path.dirname(destination)) ?? error;
  }
}

async function syncToDisk(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
