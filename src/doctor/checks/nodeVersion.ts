import type { Check } from '../check.js';
import type { Computer } from '../computer.js';
import { isAtLeast } from '../versions.js';

/** Whether Node is one that the program is tested with. @param needed as in package.json: ">=20.19" */
export function nodeVersionCheck(computer: Computer, needed: string): Check {
  return {
    group: 'system',
    name: 'Node',
    run: async () => {
      const { version, architecture } = computer.node;
      if (isAtLeast(version, needed.replace(/^>=\s*/, ''))) {
        return { verdict: 'ok', reason: `${version} (${architecture})` };
      }
      return {
        verdict: 'broken',
        reason: `${version} is too old: it must be ${needed}`,
        remedy: 'curl -fsSL https://deb.nodesource.com/setup_22.x | sudo bash - && sudo apt install nodejs',
      };
    },
  };
}
