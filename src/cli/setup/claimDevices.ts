import { existsSync } from 'node:fs';
import { AlreadyRunningError, lockFile, lockInstance } from '../../appliance/instanceLock.js';
import { copyOf } from '../../doctor/checks/instance.js';
import type { ClaimDevices } from '../../setup/soundTests.js';
import type { Io } from '../io.js';

/** The lock of a copy that runs as a service, for another user; its folder goes when the service stops. */
const SERVICE_LOCK = '/run/pressel/pressel.lock';

/** The devices for setup alone, as long as it has them. */
export interface DeviceClaim {
  readonly claim: ClaimDevices;
  release(): void;
}

/** @param serviceLock for tests */
export function deviceClaim({ env }: Pick<Io, 'env'>, serviceLock = SERVICE_LOCK): DeviceClaim {
  let unlock: (() => void) | undefined;
  return {
    claim: () => {
      if (unlock !== undefined) return undefined;
      const stop = 'sudo systemctl stop pressel';
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
