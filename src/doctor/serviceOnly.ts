import type { Computer } from './computer.js';
import type { UnitState } from './unitState.js';

/** How the service's own things are looked at. */
export const AS_SERVICE = 'sudo pressel doctor --in-service';

/** Whether a folder is the service's and not for this user, who then cannot tell what is in it. */
export async function isServiceOnly(
  computer: Pick<Computer, 'usable'>,
  unit: UnitState | undefined,
  folder: string,
): Promise<boolean> {
  return unit?.UnitFileState === 'enabled' && (await computer.usable(folder)) === 'denied';
}

/** What is said first, before anything is found missing that the service has. */
export function serviceNote(folder: string): string {
  return `${folder} is for the service alone. What it has and how it does is seen with: ${AS_SERVICE}`;
}
