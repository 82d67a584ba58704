import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';

/** Lets the content of a file, or the names in a folder, survive a power cut as they are now. */
export async function syncToDisk(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder, and those above it, where they are missing; a power cut leaves none of what was made out. */
export async function makeFolder(folder: string): Promise<void> {
  const whole = path.resolve(folder);
  const first = await mkdir(whole, { recursive: true });
  if (first === undefined) return;
  for (let made = whole; ; made = path.dirname(made)) {
    await syncToDisk(path.dirname(made));
    if (made === first || made === path.dirname(made)) return;
  }
}
