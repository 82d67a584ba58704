import type { AlreadyRunningError } from '../../appliance/instanceLock.js';
import type { Check } from '../check.js';

/** Whether the appliance runs already: then it has the devices. @param running undefined: no copy of this user runs */
export function instanceCheck(running: AlreadyRunningError | undefined): Check {
  return {
    group: 'service',
    name: 'running copy',
    run: async () => ({
      verdict: 'ok',
      reason: running === undefined ? 'none, the devices are free for these checks' : copyOf(running),
    }),
  };
}

/** "Pressel, process 123, runs and has the devices" */
export function copyOf({ pid }: AlreadyRunningError): string {
  return `${pid === undefined ? 'a copy of Pressel' : `Pressel, process ${pid},`} runs and has the devices`;
}

/** How to free the devices. */
export function stopCopy({ pid }: AlreadyRunningError): string {
  return `sudo systemctl stop pressel${pid === undefined ? '' : `, or: kill ${pid}`}; then: pressel doctor`;
}
