import type { Check, Finding } from '../check.js';
import type { Computer } from '../computer.js';

/** This program is not older: a clock that shows less has not been set since the power came back. */
const EARLIEST = Date.UTC(2025, 0, 1);

/** While the network is to set it, nobody else may ("Automatic time synchronization is enabled"). */
const BY_HAND =
  'sudo timedatectl set-ntp false && sudo timedatectl set-time "YYYY-MM-DD hh:mm:ss", and set-ntp true once there is Internet';

/** Whether the clock can be right: a Pi before the 5 has none that outlives a power cut. */
export function timeSyncCheck(computer: Computer): Check {
  return {
    group: 'system',
    name: 'clock',
    run: async (signal) => {
      const now = computer.now();
      const told = await computer.run(['timedatectl', 'show'], signal);
      const property = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(told?.stdout ?? '')?.[1];
      const synchronized = property('NTPSynchronized');
      const details = { now: now.toISOString(), synchronized: synchronized ?? null };
      if (now.getTime() < EARLIEST) return { ...wrong(now), details };
      const shown = now.toISOString().slice(0, 16).replace('T', ' ');
      if (synchronized === 'yes') return { verdict: 'ok', reason: `${shown} UTC, set by the network`, details };
      if (synchronized === undefined) {
        return { verdict: 'ok', reason: `${shown} UTC; nothing here tells whether the network has set it`, details };
      }
      return {
        verdict: 'degraded',
        reason: `${shown} UTC, but the network has not set it: alarms may ring at a wrong time`,
        remedy: `sudo timedatectl set-ntp true; without Internet: ${BY_HAND}`,
        details,
      };
    },
  };
}

function wrong(now: Date): Finding {
  return {
    verdict: 'degraded',
    reason: `it shows ${now.getUTCFullYear()}: alarms will ring at a wrong time, and no certificate is valid`,
    remedy: `connect to the Internet, then: sudo timedatectl set-ntp true; without: ${BY_HAND}`,
  };
}
