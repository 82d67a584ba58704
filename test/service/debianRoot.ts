import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { checkoutRoot } from '../fixtures/shared.js';

export type Suite = 'bookworm' | 'trixie';

/**
 * `complete`: with what an installation brings along but for the program itself, and what a scenario uses.
 * `fresh`: what a computer has before it, and no Node.
 */
export type Kind = 'complete' | 'fresh';

/** Besides the smallest Debian. */
const PACKAGES: Readonly<Record<Kind, readonly string[]>> = {
  complete: ['systemd', 'systemd-sysv', 'udev', 'libportaudio2', 'alsa-utils', 'libstdc++6', 'iproute2'],
  fresh: ['systemd', 'systemd-sysv', 'udev', 'dbus', 'ca-certificates'],
};

/** What an installation may want of the distribution, and a sound server. */
const OFFERED = ['nodejs', 'npm', 'libportaudio2', 'alsa-utils', 'libstdc++6', 'xz-utils', 'curl', 'pulseaudio'];

/** Outside the checkout, made once. */
function cached(name: string): string {
  return path.join(homedir(), '.cache', 'pressel', 'roots', name);
}

function cachedRoot(suite: Suite, kind: Kind): string {
  return cached(kind === 'complete' ? suite : `${suite}-${kind}`);
}

/** Whether a Debian can be had at all; else what is missing. */
export function debianMissing(suite: Suite, kind: Kind): string | false {
  if (process.getuid?.() !== 0) return 'needs root, for the owners of files';
  if (existsSync(cachedRoot(suite, kind))) return false;
  return bootstrapper() === undefined ? 'needs mmdebstrap or debootstrap' : false;
}

/** A fresh copy of a small Debian with systemd, at `target`, which must not be there yet. @throws when none can be made */
export function copyDebian(suite: Suite, kind: Kind, target: string): void {
  const root = cachedRoot(suite, kind);
  if (!existsSync(root)) make(suite, kind, root);
  // Keeps owners and modes, which cpSync does not.
  demand('cp', ['-a', '--reflink=auto', root, target]);
}

/** A folder that is an apt repository for a fresh Debian without a network. @throws when none can be made */
export function packagesFor(suite: Suite): string {
  const folder = cached(`${suite}-packages`);
  if (existsSync(folder)) return folder;
  const work = mkdtempSync('/var/tmp/pressel-packages-');
  try {
    const root = path.join(work, 'root');
    const unfinished = path.join(work, 'packages');
    copyDebian(suite, 'fresh', root);
    demand('sh', [path.join(checkoutRoot(), 'test', 'service', 'packages.sh'), root, unfinished, ...OFFERED]);
    demand('mv', [unfinished, folder]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function demand(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} has failed: ${stderr.slice(-2_000)}`);
}

function make(suite: Suite, kind: Kind, root: string): void {
  const program = bootstrapper();
  if (program === undefined) throw new Error('there is neither mmdebstrap nor debootstrap');
  mkdirSync(path.dirname(root), { recursive: true });
  const unfinished = `${root}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  demand(program, ['--variant=minbase', `--include=${PACKAGES[kind].join()}`, suite, unfinished]);
  renameSync(unfinished, root);
}

function bootstrapper(): string | undefined {
  return ['mmdebstrap', 'debootstrap'].find((name) => spawnSync(name, ['--version']).status === 0);
}
