import { formatBytes } from '../../models/freeSpace.js';

/** What is known of the computer. */
export interface ComputerFacts {
  /** As the device tree says: "Raspberry Pi 5 Model B Rev 1.0"; undefined on others. */
  readonly model: string | undefined;
  /** Of Node, as `process.arch` has it: "arm64". On a 32-bit system with a 64-bit kernel it is "arm". */
  readonly arch: string;
  readonly nodeVersion: string;
  /** MemTotal (bytes): a "1 GB" Pi has 0.9. */
  readonly memoryBytes: number;
  readonly now: Date;
  /** It is root who sets up, and the service is not installed. */
  readonly lacksService: boolean;
  /** Free on the disk that models go to (bytes); undefined where nobody could tell. */
  readonly freeBytes: number | undefined;
}

/** Something that the computer lacks. "refused": nothing would work. */
export interface Requirement {
  readonly weight: 'refused' | 'warning';
  readonly text: string;
}

/** The oldest Node that the program runs on (`engines` in package.json). */
const NODE = [20, 19] as const;

/** No copy of this program is older: a clock before that has not been set since the computer was switched on. */
const PROGRAM_BEGAN = new Date('2026-01-01T00:00:00Z');

/** Speech models and the program at work take about this much, without a language model (see `chatModelFor`). */
const LEAST_MEMORY_BYTES = 450e6;

/** What models, npm's cache and a voice take on the way in. */
const LEAST_FREE_BYTES = 400e6;

/** What stands in the way, the worst first. */
export function requirementsOf(facts: ComputerFacts): Requirement[] {
  const table: readonly (readonly [boolean, Requirement['weight'], string])[] = [
    [
      !['arm64', 'x64'].includes(facts.arch),
      'refused',
      `This is a system for ${facts.arch}, and the library that runs the speech models (onnxruntime) exists for 64-bit only. ${
        facts.arch === 'arm'
          ? 'Every Raspberry Pi from the 3 on can run the 64-bit system: write "Raspberry Pi OS (64-bit)" to the card with Raspberry Pi Imager.'
          : 'It needs arm64 or x64.'
      }`,
    ],
    [
      isOlder(facts.nodeVersion),
      'refused',
      `This is Node ${facts.nodeVersion}; Pressel needs ${NODE.join('.')} or newer. On Debian 13 and Raspberry Pi OS "trixie": sudo apt install nodejs. Elsewhere: https://nodejs.org/en/download`,
    ],
    [
      facts.now < PROGRAM_BEGAN,
      'warning',
      `The clock says ${facts.now.toISOString().slice(0, 10)}, so every secure connection fails (certificates are "not yet valid"). Set it: sudo timedatectl set-ntp true, and wait a minute; without Internet: sudo date -s "2026-05-31 12:00"`,
    ],
    [
      facts.memoryBytes < LEAST_MEMORY_BYTES,
      'warning',
      `There are ${formatBytes(facts.memoryBytes)} of memory; speech recognition and the voice together want more than ${formatBytes(LEAST_MEMORY_BYTES)}, so it will be slow.`,
    ],
    [
      facts.freeBytes !== undefined && facts.freeBytes < LEAST_FREE_BYTES,
      'warning',
      `The disk has ${formatBytes(facts.freeBytes ?? 0)} free. Models need up to ${formatBytes(LEAST_FREE_BYTES)}, a language model more: free some space, or set PRESSEL_MODELS to a folder on another disk.`,
    ],
    [
      facts.lacksService,
      'warning',
      'You are root, and the service is not installed (there is no user "pressel"), so this is for root alone: its own settings and models. Better: stop here and run it as yourself, or install the service first: sudo deploy/install.sh',
    ],
  ];
  return table.flatMap(([applies, weight, text]) => (applies ? [{ weight, text }] : []));
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major < NODE[0] || (major === NODE[0] && minor < NODE[1]);
}
