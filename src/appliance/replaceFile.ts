import { mkdirSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';

/** Writes a small file, and its folder where it is missing; a power cut leaves the old or the new. One call at a time. */
export async function replaceFile(file: string, text: string): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.new`;
  const handle = await open(next, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}
