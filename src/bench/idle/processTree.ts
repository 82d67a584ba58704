import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all that it has started have done so far, and what they hold now. */
export interface TreeFigures {
  /** Handed to the disk, those that had ended included (write_bytes of proc(5)): pages of 4 KiB, not what was in them. */
  readonly writtenBytes: number;
  /** Of these, what was thrown away before it reached the disk: a file that was removed at once. */
  readonly cancelledBytes: number;
  /** Of the processor, all threads. */
  readonly cpuMs: number;
  /** Each page that several share counted in parts (Pss of /proc/PID/smaps_rollup). */
  readonly pssBytes: number;
  readonly processes: number;
}

/** Ticks of /proc/PID/stat a second: USER_HZ is 100 on every architecture that Node runs on. */
const TICK_MS = 10;

/**
 * Looks at a process and its descendants. The kernel adds what a child has written to its parent's figures when the
 * parent has taken note of its end, so that nothing is lost with it.
 * @param proc where the kernel shows the processes
 */
export function treeFigures(root: number, proc = '/proc'): TreeFigures {
  const pids = treeOf(root, proc);
  const sum = (figure: (pid: number) => number) => pids.reduce((total, pid) => total + figure(pid), 0);
  return {
    writtenBytes: sum((pid) => field(`${proc}/${pid}/io`, 'write_bytes')),
    cancelledBytes: sum((pid) => field(`${proc}/${pid}/io`, 'cancelled_write_bytes')),
    cpuMs: sum((pid) => cpuTicks(pid, proc)) * TICK_MS,
    pssBytes: sum((pid) => field(`${proc}/${pid}/smaps_rollup`, 'Pss')) * 1024,
    processes: pids.length,
  };
}

/** The process and all that descend from it. */
function treeOf(root: number, proc: string): number[] {
  const parents = readdirSync(proc)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(statFields(Number(name), proc)[1] ?? -1) }));
  const tree = [root];
  // Grows while it is walked: children of children are found behind their parents.
  for (const pid of tree) tree.push(...parents.filter(({ parent }) => parent === pid).map((child) => child.pid));
  return tree;
}

function cpuTicks(pid: number, proc: string): number {
  const fields = statFields(pid, proc);
  // utime, stime, and those of children that have ended.
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);
}

/** The fields of /proc/PID/stat behind the name in parentheses, which may hold anything; the first is the state. */
function statFields(pid: number, proc: string): string[] {
  const text = content(`${proc}/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function field(file: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(content(file))?.[1] ?? 0);
}

/** Of a process that has ended meanwhile, nothing. */
function content(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
