import { lchown, stat } from 'node:fs/promises';
import { systemErrorCode } from '../failures/systemErrorCode.js';

/**
 * What root has made in a folder becomes its owner's: a service that is not root reads it, writes it and removes it. Of
 * anybody else it stays, and where the disk knows no owners, too.
 * @throws when the folder or what was made is not there
 */
export async function giveToFolderOwner(folder: string, made: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(folder);
  if (uid === 0 && gid === 0) return;
  try {
    await lchown(made, uid, gid);
  } catch (error) {
    if (systemErrorCode(error) !== 'EPERM') throw error;
  }
}
