import type { Check } from '../check.js';
import type { Computer } from '../computer.js';

/** What Node calls the 32-bit processors of the Raspberry Pi, and of old PCs. */
const NARROW: ReadonlySet<string> = new Set(['arm', 'ia32']);
/** What the kernel calls the 64-bit ones. */
const WIDE_KERNEL = /^(?:aarch64|x86_64)$/;

/** Which computer this is, and whether its system has the 64 bits that the speech models need. */
export function boardCheck(computer: Computer): Check {
  return {
    group: 'system',
    name: 'computer',
    run: async () => {
      const model = (await computer.text('/proc/device-tree/model'))?.replace(/\0+$/, '');
      const { node, kernel } = computer;
      const what = `${model ?? 'no Raspberry Pi'}, Linux ${kernel.release} (${kernel.architecture})`;
      const details = { model: model ?? null, kernel: kernel.release, architecture: kernel.architecture };
      if (!NARROW.has(node.architecture)) return { verdict: 'ok', reason: what, details };
      const narrow = WIDE_KERNEL.test(kernel.architecture)
        ? 'a 64-bit kernel under programs of 32 bits'
        : 'a system of 32 bits';
      return {
        verdict: 'broken',
        reason: `${what}: ${narrow}, and the speech models need 64`,
        remedy:
          'write "Raspberry Pi OS Lite (64-bit)" to the card with Raspberry Pi Imager: a Pi 3 or later can run it',
        details,
      };
    },
  };
}
