import { formatBytes } from '../../models/freeSpace.js';
import type { Check } from '../check.js';
import type { Computer } from '../computer.js';

/** What is kept takes a few MB; the system itself needs room for its logs and updates. */
const SCARCE_BYTES = 200_000_000;
/** Nothing can be kept reliably any more. */
const FULL_BYTES = 10_000_000;

/** @param folders by what they are for, such as "models" */
export function diskCheck(computer: Computer, folders: Readonly<Record<string, string>>): Check {
  return {
    group: 'system',
    name: 'disk',
    run: async () => {
      const spaces = await Promise.all(
        Object.entries(folders).map(async ([what, folder]) => ({ what, folder, ...(await computer.space(folder)) })),
      );
      const worst = spaces.reduce((a, b) => ((b.freeBytes ?? Infinity) < (a.freeBytes ?? Infinity) ? b : a));
      const details = { spaces };
      if (worst.freeBytes === undefined)
        return { verdict: 'skipped', reason: 'the system does not tell its free space' };
      const free = `${formatBytes(worst.freeBytes)} free where the ${worst.what} ${worst.what.endsWith('s') ? 'are' : 'is'} (${worst.folder})`;
      if (worst.freeBytes >= SCARCE_BYTES) return { verdict: 'ok', reason: free, details };
      return {
        verdict: worst.freeBytes < FULL_BYTES ? 'broken' : 'degraded',
        reason: `only ${free}`,
        remedy: 'sudo apt clean && sudo journalctl --vacuum-size=50M; what is large: sudo du -xh / | sort -h | tail',
        details,
      };
    },
  };
}
