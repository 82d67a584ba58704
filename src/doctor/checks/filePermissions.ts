import type { Check } from '../check.js';
import type { Computer } from '../computer.js';

/** Bits of a file's mode (inode(7)). */
const OTHERS_READ = 0o004;
const OTHERS_WRITE = 0o002;
const GROUP_WRITE = 0o020;

export interface WatchedFiles {
  /** Whoever reads them has the password, or the token. */
  readonly secret: readonly string[];
  /** Whoever writes them decides what this program runs. */
  readonly trusted: readonly string[];
}

/** Whether others on this computer may read the secrets, or change what is run. Files that are not there are left out. */
export function filePermissionsCheck(computer: Computer, { secret, trusted }: WatchedFiles): Check {
  return {
    group: 'system',
    name: 'file permissions',
    run: async () => {
      const open = await withMode(computer, secret, OTHERS_READ | OTHERS_WRITE);
      const writable = await withMode(computer, trusted, OTHERS_WRITE | GROUP_WRITE);
      const wrong = [
        ...open.map((file) => `everybody may read ${file}`),
        ...writable.map((file) => `others may change ${file}`),
      ];
      if (wrong.length === 0) return { verdict: 'ok', reason: 'secrets and configuration are for their owner only' };
      const remedies = [
        ...(open.length === 0 ? [] : [`sudo chmod o= ${open.join(' ')}`]),
        ...(writable.length === 0 ? [] : [`sudo chmod go-w ${writable.join(' ')}`]),
      ];
      return { verdict: 'degraded', reason: wrong.join(', '), remedy: remedies.join(' && ') };
    },
  };
}

async function withMode(computer: Computer, files: readonly string[], bits: number): Promise<string[]> {
  const modes = await Promise.all(files.map(async (file) => (await computer.permissions(file))?.mode ?? 0));
  return files.filter((_, index) => ((modes[index] ?? 0) & bits) !== 0);
}
