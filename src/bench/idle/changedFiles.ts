import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** What tells a file from what it was before: its path, and when and as what it was written. */
export type FilesSeen = ReadonlyMap<string, string>;

/** All files in a folder, however deep. */
export async function filesIn(folder: string): Promise<FilesSeen> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const seen = await Promise.all(files.map(async (file) => [path.relative(folder, file), await mark(file)] as const));
  return new Map(seen.filter((one): one is readonly [string, string] => one[1] !== undefined));
}

/** Files that have come, gone or been written since. */
export function changedFiles(before: FilesSeen, after: FilesSeen): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

async function mark(file: string): Promise<string | undefined> {
  try {
    const { ino, size, mtimeMs } = await stat(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return undefined; // it has gone meanwhile
  }
}
