import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const TELL_STEPS = fileURLToPath(new URL('./tellSteps.js', import.meta.url));

/** Whoever still runs then has hung. */
const HANG_MS = 60_000;
const POLL_MS = 2;

export interface KilledRun {
  /** All that it has told of what it did, in the order in which it did it: `during` or `after`, verb, names. */
  readonly steps: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  /** It was over before it could be killed. */
  readonly isOver: boolean;
  readonly code: number | null;
  /** From its first step to its end (ms). */
  readonly tookMs: number;
}

export interface Victim {
  /** After Node and its preloaded module. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** A program that starts a shell command given to it, in a terminal of its own. */
  readonly terminal?: boolean;
  /** Told all that it has printed so far; may write to its input. */
  readonly onOutput?: (child: ChildProcess, text: string) => void;
}

/**
 * Runs a program that tells of its steps, and kills it so long after the first of them to which `from` applies.
 * @param lifeMs undefined: it is let live
 */
export async function killedAfter(
  victim: Victim,
  lifeMs: number | undefined,
  from: (step: string) => boolean = () => true,
): Promise<KilledRun> {
  const stepFile = path.join('/dev/shm', `pressel-crash-${process.pid}-${Math.random().toString(36).slice(2)}`);
  const argv = [process.execPath, '--import', TELL_STEPS, ...victim.args];
  const quoted = argv.map((each) => `'${each}'`).join(' ');
  const [command = '', ...args] = victim.terminal
    ? ['script', '-qefc', `stty cols 80 rows 24; exec ${quoted}`, '/dev/null']
    : argv;
  const child = spawn(command, args, {
    cwd: victim.cwd,
    env: { ...victim.env, PRESSEL_CRASH_STEPS: stepFile },
    stdio: 'pipe',
  });
  let [stdout, stderr] = ['', ''];
  child.stdin.on('error', () => {});
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
    victim.onOutput?.(child, stdout);
  });
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const closed = once(child, 'close');
  const linesNow = () => {
    try {
      return readFileSync(stepFile, 'utf8').split('\n');
    } catch {
      return [];
    }
  };
  let isOver = false;
  void closed.then(() => {
    isOver = true;
  });
  const startedAtMs = performance.now();
  try {
    while (!isOver && !linesNow().slice(1, -1).some(from)) {
      if (performance.now() - startedAtMs > HANG_MS)
        throw new Error(`${argv.join(' ')} hangs: ${stdout.slice(-500)}${stderr}`);
      await sleep(POLL_MS);
    }
    const firstStepMs = performance.now();
    await Promise.race([closed, sleep(lifeMs ?? HANG_MS, undefined, { ref: lifeMs !== undefined })]);
    const wasOver = isOver;
    const pid = Number(linesNow()[0]);
    if (!wasOver && pid > 0) process.kill(pid, 'SIGKILL');
    const [code] = (await closed) as [number | null];
    const steps = linesNow().slice(1, -1);
    return { steps, stdout, stderr, isOver: wasOver, code, tookMs: performance.now() - firstStepMs };
  } finally {
    if (!isOver) child.kill('SIGKILL');
    rmSync(stepFile, { force: true });
  }
}

/**
 * In which phase a kill fell: what was being done last, or what had been done when it fell between two steps.
 * @param isNamed with the names of the files
 */
export function phaseOf({ steps, isOver }: KilledRun, isNamed = false): string {
  const last = steps.at(-1);
  if (isOver) return 'over already';
  if (last === undefined) return 'before any';
  const [when = '', verb = '', ...names] = last.replace(/\.fetch-\w+/g, '.fetch-*').split(' ');
  const what = isNamed ? `${verb} ${names.at(-1) ?? ''}` : verb;
  return when === 'during' ? what : `after ${what}`;
}
