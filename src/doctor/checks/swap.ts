import { formatBytes } from '../../models/freeSpace.js';
import type { Check } from '../check.js';
import type { Computer } from '../computer.js';
import { mountOf } from '../mounts.js';

/** So much on a card is pages that nobody uses; more is work that is done on the card. */
const MUCH_BYTES = 100_000_000;

/** Raspberry Pi OS up to "bookworm" swaps to a file of its own making; "trixie" swaps to memory, unless told otherwise. */
const DPHYS = '/etc/dphys-swapfile';
const DPHYS_REMEDY =
  'sudo apt install -y zram-tools && sudo dphys-swapfile swapoff && sudo systemctl disable --now dphys-swapfile';

/** Whether memory is swapped to an SD card: that takes seconds at a time, and wears the card out. */
export function swapCheck(computer: Computer): Check {
  return {
    group: 'system',
    name: 'swap',
    run: async () => {
      const areas = swapAreas((await computer.text('/proc/swaps')) ?? '');
      if (areas.length === 0) return { verdict: 'ok', reason: 'none' };
      const mounts = (await computer.text('/proc/mounts')) ?? '';
      const rootIsCard = (await computer.names('/sys/block')).some((name) => /^mmcblk\d+$/.test(name));
      const onCard = areas.filter(({ place }) => isOnCard(place, mounts, rootIsCard));
      const usedBytes = onCard.reduce((sum, area) => sum + area.usedBytes, 0);
      const details = { areas, onCard: onCard.map(({ place }) => place) };
      if (onCard.length === 0) return { verdict: 'ok', reason: areas.map(({ place }) => place).join(', '), details };
      const where = onCard.map(({ place }) => place).join(', ');
      if (usedBytes < MUCH_BYTES) {
        return { verdict: 'ok', reason: `${where} on the SD card, ${formatBytes(usedBytes)} in use`, details };
      }
      return {
        verdict: 'degraded',
        reason: `${formatBytes(usedBytes)} of the memory are on the SD card (${where}): that is slow, and wears it out`,
        remedy: `choose a smaller llm.model; or swap to memory: ${
          (await computer.text(DPHYS)) === undefined
            ? `sudo swapoff ${onCard.map(({ place }) => place).join(' ')}; for good, take it out of /etc/fstab or /etc/rpi/swap.conf, and: sudo apt install -y zram-tools`
            : DPHYS_REMEDY
        }`,
        details,
      };
    },
  };
}

interface SwapArea {
  readonly place: string;
  readonly usedBytes: number;
}

/** /proc/swaps (proc(5)): name, type, size, used in KiB, priority. */
function swapAreas(text: string): SwapArea[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [place, , , used] = line.split(/\s+/);
      return place && used ? [{ place, usedBytes: Number(used) * 1024 }] : [];
    });
}

/**
 * An SD card is /dev/mmcblk0; a file is where the file system is that holds it. @param rootIsCard what "/dev/root" is, as
 * a kernel without an initial file system calls it
 */
function isOnCard(place: string, mounts: string, rootIsCard: boolean): boolean {
  const device = place.startsWith('/dev/') ? place : mountOf(place, mounts)?.device;
  if (device === '/dev/root') return rootIsCard;
  return device?.startsWith('/dev/mmcblk') ?? false;
}
