import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Besides the smallest Debian: what an installation brings along but for the program itself, and what the scenario uses. */
const PACKAGES = ['systemd', 'systemd-sysv', 'udev', 'libportaudio2', 'alsa-utils', 'libstdc++6', 'iproute2'];

export type Suite = 'bookworm' | 'trixie';

/** Outside the checkout, made once. */
function cached(suite: Suite): string {
  return path.join(homedir(), '.cache', 'pressel', 'roots', suite);
}

/** Whether a Debian can be had at all; else what is missing. */
export function debianMissing(suite: Suite): string | false {
  if (process.getuid?.() !== 0) return 'needs root, for the owners of files';
  if (existsSync(cached(suite))) return false;
  return bootstrapper() === undefined ? 'needs mmdebstrap or debootstrap' : false;
}

/** A fresh copy of a small Debian with systemd, at `target`, which must not be there yet. @throws when none can be made */
export function copyDebian(suite: Suite, target: string): void {
  const root = cached(suite);
  if (!existsSync(root)) make(suite, root);
  // Keeps owners and modes, which cpSync does not.
  const { status, stderr } = spawnSync('cp', ['-a', '--reflink=auto', root, target], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${root} cannot be copied: ${stderr}`);
}

function make(suite: Suite, root: string): void {
  const program = bootstrapper();
  if (program === undefined) throw new Error('there is neither mmdebstrap nor debootstrap');
  mkdirSync(path.dirname(root), { recursive: true });
  const unfinished = `${root}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const args = ['--variant=minbase', `--include=${PACKAGES.join()}`, suite, unfinished];
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${suite} has failed: ${stderr.slice(-2_000)}`);
  renameSync(unfinished, root);
}

function bootstrapper(): string | undefined {
  return ['mmdebstrap', 'debootstrap'].find((name) => spawnSync(name, ['--version']).status === 0);
}
