import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { MODELS } from '../fixtures/pressel.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { copyDebian, debianMissing, packagesFor, type Suite } from './debianRoot.js';
import { machineMissing, runMachine } from './virtualMachine.js';

/** What is tried: a script of deploy/test. */
export type Way = 'package' | 'script' | 'setup';

/** What was checked inside, one by one. */
export interface GuestCheck {
  readonly what: string;
  readonly holds: boolean;
  /** What was said about it. */
  readonly more: string;
}

export interface Guest {
  readonly checks: readonly GuestCheck[];
  /** It came to its end. */
  readonly isComplete: boolean;
  /** A file that was left behind; empty where there is none. */
  read(name: string): string;
  /** What its kernel and systemd wrote. */
  readonly console: string;
}

/** Two to three times what it takes. */
const LIMIT_SECONDS = 2_400;

/**
 * The virtual machine's kernel needs a mapping of the host's for each of its million pages that does not lie beside the last.
 * After a run of apt few do, and of the 65,530 that a process is granted by default, a program with models finds none left.
 */
const MAPPINGS = 1_048_576;
const MAPPINGS_FILE = '/proc/sys/vm/max_map_count';

const SCENARIO_UNIT = `[Unit]
After=multi-user.target
FailureAction=poweroff-force
[Service]
Type=oneshot
TimeoutStartSec=infinity
ExecStart=/scenario
`;

/** Why nothing can be installed in a virtual machine here, or false. */
export function freshMissing(suite: Suite): string | false {
  const machine = machineMissing();
  if (machine !== false) return machine;
  if (!existsSync(path.join(MODELS, 'moonshine-tiny-en'))) return 'needs the default models';
  if (Number(readFileSync(MAPPINGS_FILE, 'utf8')) < MAPPINGS) return `needs sysctl -w vm.max_map_count=${MAPPINGS}`;
  return debianMissing(suite, 'fresh');
}

/** Makes what is to be installed, and the models, in `folder`. Takes two minutes. @throws when that fails */
export function prepareGiven(folder: string): void {
  const root = checkoutRoot();
  demand('bash', [path.join(root, 'deploy', 'test', 'prepare.sh'), folder]);
  const program = path.join(root, 'dist', 'src', 'cli', 'main.js');
  demand(process.execPath, [program, 'models', 'export', path.join(folder, 'models')], { PRESSEL_MODELS: MODELS });
}

/**
 * Boots a fresh Debian with systemd, on a disk of its own and without a network, and lets one of them happen to it.
 * @param given what `prepareGiven` made
 */
export function bootFresh(suite: Suite, way: Way, given: string): Guest {
  const work = mkdtempSync('/var/tmp/pressel-fresh-');
  try {
    const out = path.join(work, 'out');
    mkdirSync(out);
    writeFileSync(path.join(out, 'shared'), ''); // a folder with nothing in it looks as if it were not mounted
    rmSync(path.join(given, 'test'), { recursive: true, force: true });
    demand('cp', ['-rT', path.join(checkoutRoot(), 'deploy', 'test'), path.join(given, 'test')]);
    const disk = path.join(work, 'disk');
    makeDisk(suite, way, path.join(work, 'root'), disk);
    const console = runMachine({
      // As on a real card, only one program at a time has a device.
      root: [`ubd0=${disk}`, 'root=/dev/ubda', 'snd_aloop.pcm_substreams=1'],
      memoryMb: 4_000,
      init: '/fresh-init.sh',
      folders: { given, packages: packagesFor(suite), out },
      limitSeconds: LIMIT_SECONDS,
    });
    const files = new Map(readdirSync(out).map((name) => [name, readFileSync(path.join(out, name), 'utf8')]));
    const read = (name: string) => files.get(name) ?? '';
    const result = read('result');
    return { checks: checksOf(result), isComplete: /^end$/m.test(result), read, console };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function makeDisk(suite: Suite, way: Way, root: string, disk: string): void {
  copyDebian(suite, 'fresh', root);
  const here = path.join(checkoutRoot(), 'test', 'service');
  for (const script of ['fresh-init.sh', 'guest-hardware.sh']) {
    copyFileSync(path.join(here, script), path.join(root, script));
    chmodSync(path.join(root, script), 0o755);
  }
  for (const folder of ['given', 'packages', 'out']) mkdirSync(path.join(root, 'mnt', folder), { recursive: true });
  symlinkSync(`/mnt/given/test/${way}.sh`, path.join(root, 'scenario'));
  writeFileSync(path.join(root, 'etc/apt/sources.list'), 'deb [trusted=yes] file:/mnt/packages ./\n');
  // dpkg's care for power cuts takes most of the time on a virtual disk.
  writeFileSync(path.join(root, 'etc/dpkg/dpkg.cfg.d/quick'), 'force-unsafe-io\n');
  writeFileSync(path.join(root, 'etc/systemd/system/scenario.service'), SCENARIO_UNIT);
  const wants = path.join(root, 'etc/systemd/system/multi-user.target.wants');
  mkdirSync(wants, { recursive: true });
  symlinkSync('../scenario.service', path.join(wants, 'scenario.service'));
  demand('mke2fs', ['-q', '-t', 'ext4', '-d', root, disk, '4G']);
  rmSync(root, { recursive: true, force: true });
}

function checksOf(result: string): GuestCheck[] {
  const checks: { what: string; holds: boolean; more: string }[] = [];
  for (const line of result.split('\n')) {
    const [, not, what] = /^(not )?ok - (.*)$/.exec(line) ?? [];
    const last = checks.at(-1);
    if (what !== undefined) checks.push({ what, holds: not === undefined, more: '' });
    else if (last && line.startsWith('# ')) last.more += `${line.slice(2)}\n`;
  }
  return checks;
}

function demand(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} has failed: ${stderr.slice(-2_000)}`);
}
