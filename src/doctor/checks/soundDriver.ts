import type { Check } from '../check.js';
import type { Computer } from '../computer.js';

const DKMS = '/var/lib/dkms';
/** Of HATs: seeed-voicecard, wm8960-soundcard, googlevoicehat-soundcard. */
const OF_SOUND = /snd|sound|audio|voice|mic|wm8960|respeaker/i;

/**
 * Whether a sound driver is one that the kernel does not bring: it stops when the kernel is updated, and its card is gone
 * until it has been built again.
 */
export function soundDriverCheck(computer: Computer): Check {
  return {
    group: 'audio',
    name: 'sound driver',
    run: async () => {
      const { release } = computer.kernel;
      const foreign = foreignModules((await computer.text('/proc/modules')) ?? '').filter((name) =>
        OF_SOUND.test(name),
      );
      const kept = (await computer.names(DKMS)).filter((name) => OF_SOUND.test(name));
      const built = await Promise.all(kept.map((name) => isBuiltFor(computer, name, release)));
      const missing = kept.filter((_, index) => !built[index]);
      const details = { foreign, missing };
      if (missing.length > 0) {
        return {
          verdict: 'degraded',
          reason: `${missing.join(', ')} was not built for this kernel (${release}), so its sound card is missing`,
          remedy: `sudo apt install -y linux-headers-${release} && sudo dkms autoinstall && sudo reboot`,
          details,
        };
      }
      const reason =
        foreign.length === 0
          ? "the kernel's own"
          : `${foreign.join(', ')} is not the kernel's own: after an update of the kernel, look here again`;
      return { verdict: 'ok', reason, details };
    },
  };
}

/** Modules that are not part of the kernel's source: "O" in the last field of /proc/modules (tainted-kernels.rst). */
function foreignModules(modules: string): string[] {
  return modules.split('\n').flatMap((line) => {
    const [name = ''] = line.split(' ');
    return /\([A-Z+-]*O[A-Z+-]*\)\s*$/.test(line) ? [name] : [];
  });
}

/** dkms(8) keeps what it has built in a folder for each version, and in it one for each kernel. */
async function isBuiltFor(computer: Computer, name: string, release: string): Promise<boolean> {
  const versions = await computer.names(`${DKMS}/${name}`);
  const kernels = await Promise.all(versions.map((version) => computer.names(`${DKMS}/${name}/${version}`)));
  return kernels.some((names) => names.includes(release));
}
