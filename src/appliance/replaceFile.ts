import { mkdirSync, type Stats } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Everybody, but for what the process masks (open(2)). */
const USUAL_MODE = 0o666;

/** Where the next content of a file is written: complete before it takes the file's name. */
export function nextFile(file: string): string {
  return `${file}.new`;
}

/**
 * Writes a small file, and its folder where it is missing; a power cut leaves the old or the new. One call at a time.
 * @returns what tells this file from any other of the same name
 * @throws when the disk does not take it; the old one is still there then
 */
export async function replaceFile(
  file: string,
  text: string,
  mode = USUAL_MODE,
): Promise<Pick<Stats, 'ino' | 'dev' | 'size'>> {
  mkdirSync(path.dirname(file), { recursive: true });
  const next = nextFile(file);
  let written: Stats;
  try {
    await rm(next, { force: true }); // one that is there already would keep its mode
    const handle = await open(next, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
      written = await handle.stat();
    } finally {
      await handle.close();
    }
    await rename(next, file);
  } catch (error) {
    await rm(next, { force: true }).catch(() => {}); // the first failure is the one to tell
    throw error;
  }
  await syncFolder(path.dirname(file));
  return written;
}

/** Lets the names in a folder survive a power cut as they are now. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
