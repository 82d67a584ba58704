import { statfs } from 'node:fs/promises';
import { ModelError } from './modelError.js';

/** The system call that tells how much room a file system has: `fs.statfs`, or a stand-in for tests. */
export type StatFileSystem = (path: string) => Promise<{ readonly bavail: number; readonly bsize: number }>;

export const systemStatFs: StatFileSystem = (path) => statfs(path);

/** Kept free for the rest of the system: a full root file system stops far more than a download. */
const RESERVE_BYTES = 50 * 1024 * 1024;

/** `28.2 MB`, `7 kB`: decimal units, as disks and downloads are sold. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${Math.ceil(bytes / 1e3)} kB`;
}

/**
 * Demands room for models, fetched or copied, before the first byte is written.
 * @param folder must exist
 * @throws {ModelError} `noSpace`
 */
export async function demandSpace(folder: string, neededBytes: number, statFs: StatFileSystem): Promise<void> {
  const { bavail, bsize } = await statFs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= neededBytes + RESERVE_BYTES) return;
  throw new ModelError(
    'noSpace',
    `The disk that holds ${folder} has ${formatBytes(freeBytes)} free; the models need ${formatBytes(neededBytes)}, and ${formatBytes(RESERVE_BYTES)} are left for the system. Free some space, or choose another folder with PRESSEL_MODELS.`,
  );
}
