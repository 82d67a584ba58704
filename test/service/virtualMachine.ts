import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { sharedFile } from '../fixtures/shared.js';

export interface Machine {
  /** The kernel's arguments on where its root is: a folder of the host, or a disk. */
  readonly root: readonly string[];
  readonly memoryMb: number;
  /** The first process in it. */
  readonly init: string;
  /** Given to the first process by name. */
  readonly folders: Readonly<Record<string, string>>;
  /** Whoever runs longer has hung (s). */
  readonly limitSeconds: number;
}

/** Why no virtual machine can be had here, or false. */
export function machineMissing(): string | false {
  const isHere = kernel() !== undefined && process.platform === 'linux' && process.arch === 'x64';
  return isHere ? false : 'needs the virtual machine beside the checkout, and Linux on x86-64';
}

/**
 * Runs a virtual machine with a sound card and GPIO lines until it switches itself off.
 * @returns what was written on its console
 */
export function runMachine({ root, memoryMb, init, folders, limitSeconds }: Machine): string {
  // On a disk: the kernel's memory is a file there.
  const memory = mkdtempSync('/var/tmp/pressel-memory-');
  try {
    const args = [
      ...[`mem=${memoryMb}M`, ...root, 'rw', `init=${init}`, 'con=null', 'con0=null,fd:1', 'quiet'],
      ...Object.entries(folders).map(([name, folder]) => `pressel.${name}=${folder}`),
    ];
    // On one processor: over two, this kernel sometimes records no sound.
    const { stdout } = spawnSync(
      'timeout',
      ['-k', '5', String(limitSeconds), 'taskset', '-c', '0', kernel() ?? '', ...args],
      { encoding: 'utf8', env: { ...process.env, TMPDIR: memory }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return stdout;
  } finally {
    rmSync(memory, { recursive: true, force: true });
  }
}

function kernel(): string | undefined {
  return sharedFile('virtual-hardware/linux-uml');
}
