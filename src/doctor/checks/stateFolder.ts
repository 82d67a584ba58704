import type { Check } from '../check.js';
import type { Computer } from '../computer.js';
import { mountOf } from '../mounts.js';

/** Whether the program can keep what it learns: timers, volume, measured speeds. */
export function stateFolderCheck(computer: Computer, folder: string): Check {
  return {
    group: 'system',
    name: 'state',
    run: async () => {
      const usable = await computer.usable(folder);
      if (usable === 'yes') return { verdict: 'ok', reason: `kept in ${folder}` };
      if (usable === 'missing') return { verdict: 'ok', reason: `nothing kept yet; it will be in ${folder}` };
      const mount = mountOf(folder, (await computer.text('/proc/mounts')) ?? '');
      if (mount?.isReadOnly) {
        return {
          verdict: 'degraded',
          reason: `${mount.device}, which holds ${folder}, is read-only: so is a card whose content is damaged`,
          remedy: `journalctl -k -g "${mount.device.replace(/^\/dev\//, '')}|EXT4-fs error"; then: sudo mount -o remount,rw ${mount.folder}, and soon a new card`,
        };
      }
      return {
        verdict: 'degraded',
        reason: `${folder} cannot be written by this user, so timers and settings are forgotten at the end`,
        remedy: `as its owner: sudo chown -R $USER ${folder}; for the service: sudo chown -R pressel: ${folder}`,
      };
    },
  };
}
