// Read by every Node that there is, so that an old one can say what is wrong in place of a syntax error: nothing here is
// newer than ES2015, and nothing is imported.

/** The oldest that will do; the same as in package.json. */
export const MINIMUM_NODE = '20.19.0';

/**
 * Why the program cannot run on this computer.
 * @param version of Node, such as `18.20.8`
 * @param arch as Node names it
 */
export function whyUnfit(version: string, arch: string): string | undefined {
  if (arch !== 'arm64' && arch !== 'x64') {
    const bits = arch === 'arm' || arch === 'ia32' ? 'a 32-bit system' : 'a system';
    return `this is ${bits} (${arch}), even if its kernel may be another: the speech models need arm64 or x64. On a Raspberry Pi, write Raspberry Pi OS (64-bit) onto the card.`;
  }
  if (isBefore(version, MINIMUM_NODE)) {
    return `Node.js ${version} is too old: it must be ${MINIMUM_NODE} or newer. Run deploy/install.sh, which brings one, or: sudo apt install nodejs`;
  }
  return undefined;
}

function isBefore(version: string, other: string): boolean {
  const [mine, theirs] = [numbers(version), numbers(other)];
  const place = mine.findIndex((number, at) => number !== theirs[at]);
  return place >= 0 && Number(mine[place]) < Number(theirs[place]);
}

function numbers(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10));
}
