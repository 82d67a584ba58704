import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SeededNumbers, seededNumbers } from '../../src/bench/sim/seededNumbers.js';
import { checkoutRoot, sharedFile } from '../fixtures/shared.js';

/**
 * Cuts the power of a virtual machine with a disk of its own at random moments while the program writes all that it writes,
 * and looks at the next start whether everything is there that was told to be kept. Arguments: the seed, the cuts.
 */
const DISK_BYTES = 256 * 2 ** 20;
const LONGEST_LIFE_MS = 2_500;
const BOOT_LIMIT_MS = 120_000;

interface Checked {
  readonly last: number;
  readonly version: number;
  readonly lost: number;
  readonly torn: number;
  readonly faults: readonly string[];
}

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
const cuts = Number(process.argv[3] ?? 20);
const machine = sharedFile('virtual-hardware/linux-uml');
const why = missing();
if (why !== undefined || machine === undefined) process.stderr.write(`The power cuts are skipped: ${why}.\n`);
else await cutPower(machine);

function missing(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'the machine runs on Linux on x86-64 only';
  if (machine === undefined) return 'the virtual machine is not beside the checkout';
  const isThere = (tool: string) => spawnSync(tool, ['-V'], { env: withSbin() }).error === undefined;
  return ['mkfs.ext4', 'e2fsck'].every(isThere) ? undefined : 'mkfs.ext4 and e2fsck are needed (apt install e2fsprogs)';
}

async function cutPower(kernel: string): Promise<void> {
  process.stdout.write(`seed ${seed}; again: npm run test:power -- ${seed}\n`);
  const random = seededNumbers(seed);
  const work = mkdtempSync('/var/tmp/pressel-power-');
  const startedAtMs = performance.now();
  const sum = { acknowledged: 0, lost: 0, torn: 0, faults: 0, repairs: 0, replays: 0 };
  try {
    const [disk, told] = [path.join(work, 'disk'), path.join(work, 'told')];
    writeFileSync(disk, '');
    truncateSync(disk, DISK_BYTES);
    tool('mkfs.ext4', ['-q', '-F', disk]);
    writeFileSync(told, '');
    for (let cut = 0; cut <= cuts; cut++) {
      // The last start only looks.
      const life = await lifeOf(kernel, { work, disk, told }, cut < cuts ? random : undefined);
      const { checked } = life;
      sum.lost += checked.lost;
      sum.torn += checked.torn;
      sum.faults += checked.faults.length;
      for (const fault of checked.faults) process.stdout.write(`  FAULT after cut ${cut}: ${fault}\n`);
      if (cut === cuts) break;
      const count = life.text.match(/^kept /gm)?.length ?? 0;
      sum.acknowledged += count;
      const { status, said } = tool('e2fsck', ['-p', disk]);
      if (status > 0) sum.repairs++;
      if (said.includes('recovering journal')) sum.replays++;
      process.stdout.write(
        `cut ${cut + 1} after ${Math.round(life.wroteMs)} ms of writing: ${count} kept; e2fsck -p ${status}\n`,
      );
      // What was told before counts where a kind of writer has not told anything since.
      writeFileSync(told, life.text.slice(life.text.indexOf('CHECKED')), { flag: 'a' });
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  process.stdout.write(
    `${cuts} power cuts in ${seconds} s: ${sum.acknowledged} entries acknowledged, ${sum.lost} lost, ${sum.torn} torn lines left out, the file system's journal replayed ${sum.replays} times and repaired beyond that ${sum.repairs} times, ${sum.faults} faults\n`,
  );
  if (sum.faults > 0) process.exitCode = 1;
}

/** Starts the machine, lets it check its disk, and cuts its power in the middle of its writing. */
async function lifeOf(
  kernel: string,
  { work, disk, told }: { work: string; disk: string; told: string },
  random: SeededNumbers | undefined,
): Promise<{ checked: Checked; text: string; wroteMs: number }> {
  const script = path.join(checkoutRoot(), 'test', 'power', 'guest-init.sh');
  const args = [
    ...['mem=512M', `ubd0=${disk}`, 'root=/dev/root', 'rootfstype=hostfs', 'rootflags=/', 'ro', `init=${script}`],
    ...['con=null', 'con0=null,fd:1', 'quiet', `pressel.node=${process.execPath}`, `pressel.told=${told}`],
    `pressel.program=${path.join(checkoutRoot(), 'dist', 'test', 'power', 'guestProgram.js')}`,
  ];
  const child = spawn(kernel, args, {
    env: { ...process.env, TMPDIR: work },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  let text = '';
  child.stdout.on('data', (data: Buffer) => {
    text += data.toString();
  });
  const closed = once(child, 'close');
  try {
    const until = async (pattern: RegExp) => {
      for (const endMs = performance.now() + BOOT_LIMIT_MS; !pattern.test(text); await sleep(5)) {
        if (/^FAILED/m.test(text) || child.exitCode !== null || performance.now() > endMs) {
          throw new Error(`The machine did not come so far: ${text.slice(-2_000)}`);
        }
      }
    };
    await until(/^CHECKED .*\r?\n/m);
    const checked = JSON.parse(/^CHECKED (.*)\r?\n/m.exec(text)?.[1] ?? '') as Checked;
    if (random === undefined) return { checked, text, wroteMs: 0 };
    await until(/^kept /m);
    const wroteMs = random() * LONGEST_LIFE_MS;
    await sleep(wroteMs);
    cut(child);
    await closed;
    return { checked, text, wroteMs };
  } finally {
    cut(child);
    await closed;
  }
}

/** With all the processes that the kernel has made on this computer. */
function cut({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

function tool(name: string, args: readonly string[]): { status: number; said: string } {
  const { status, stderr, stdout } = spawnSync(name, args, { encoding: 'utf8', env: withSbin() });
  // 1: errors were corrected.
  if (status !== 0 && status !== 1) throw new Error(`${name} ${args.join(' ')}: ${stdout}${stderr}`);
  return { status, said: stdout };
}

function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
}
