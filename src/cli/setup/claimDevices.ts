import { existsSync } from 'node:fs';
import { AlreadyRunningError, lockFile, lockInstance } from '../../appliance/instanceLock.js';
import { copyOf } from '../../doctor/checks/instance.js';
import { type PausedService, STOP_COMMAND } from '../../setup/pausedService.js';
import type { ClaimDevices } from '../../setup/soundTests.js';
import type { Io } from '../io.js';

/** The lock of a copy that runs as a service, for another user; its folder goes when the service stops. */
export const SERVICE_LOCK = '/run/pressel/pressel.lock';

/** The devices for setup alone, as long as it has them. */
export interface DeviceClaim {
  readonly claim: ClaimDevices;
  release(): void;
}

/**
 * @param service undefined: this user may not stop it
 * @param serviceLock there while the service runs
 */
export function deviceClaim(
  { env, signal }: Pick<Io, 'env' | 'signal'>,
  service: PausedService | undefined,
  serviceLock: string,
): DeviceClaim {
  let unlock: (() => void) | undefined;
  return {
    claim: async () => {
      if (unlock !== undefined) return undefined;
      // systemd knows of it before it has its lock, and while it waits to be started again.
      const inUse = await service?.inUse(signal);
      if (inUse !== undefined) return inUse;
      const stop = STOP_COMMAND;
      if (existsSync(serviceLock)) return { by: 'Pressel runs as a service', stop };
      try {
        unlock = lockInstance(lockFile(env));
        return undefined;
      } catch (error) {
        if (!(error instanceof AlreadyRunningError)) throw error;
        return {
          by: copyOf(error).replace(/ and has the devices$/, ''),
          stop: error.pid === undefined ? stop : `${stop}, or: kill ${error.pid}`,
        };
      }
    },
    release: () => unlock?.(),
  };
}
