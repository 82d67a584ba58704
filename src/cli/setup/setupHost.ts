import { SYSTEM_CONFIG_FILE } from '../../config/configFile.js';
import type { InstalledService } from '../../setup/pausedService.js';
import type { Io } from '../io.js';
import { SERVICE_LOCK } from './claimDevices.js';
import { type PlaceOptions, readServiceUser } from './setupPlace.js';
import { systemdService } from './systemdService.js';

/** What setup finds around itself: passed in, so that a test can be root beside a service. */
export interface SetupHost extends Omit<PlaceOptions, 'explicit'> {
  /** Left alone but by root. */
  readonly service: InstalledService;
  /** There while the service runs. */
  readonly serviceLock: string;
}

/** This computer, and who runs setup on it. */
export function thisHost(io: Pick<Io, 'env'>): SetupHost {
  return {
    systemFile: SYSTEM_CONFIG_FILE,
    isRoot: process.getuid?.() === 0,
    serviceUser: readServiceUser(),
    service: systemdService(io),
    serviceLock: SERVICE_LOCK,
  };
}
