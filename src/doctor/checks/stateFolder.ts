import type { Check } from '../check.js';
import type { Computer } from '../computer.js';

/** Whether the program can keep what it learns: timers, volume, measured speeds. */
export function stateFolderCheck(computer: Computer, folder: string): Check {
  return {
    group: 'system',
    name: 'state',
    run: async () => {
      const usable = await computer.usable(folder);
      if (usable === 'yes') return { verdict: 'ok', reason: `kept in ${folder}` };
      if (usable === 'missing') return { verdict: 'ok', reason: `nothing kept yet; it will be in ${folder}` };
      return {
        verdict: 'degraded',
        reason: `${folder} cannot be written by this user, so timers and settings are forgotten at the end`,
        remedy: `as its owner: sudo chown -R $USER ${folder}; for the service: sudo chown -R pressel: ${folder}`,
      };
    },
  };
}
