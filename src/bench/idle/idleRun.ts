import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, sleep } from '../../../hardware/clock.js';
import { ProcessGroup } from '../../processes/processGroup.js';
import { changedFiles, filesIn } from './changedFiles.js';
import { type IdleMicrophone, STAND_INS } from './idleConditions.js';
import { LogCounter, type LogVolume } from './logVolume.js';
import { type TreeFigures, treeFigures } from './processTree.js';

export interface IdleRunOptions {
  readonly name: string;
  /** `pressel run`, as it is started. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Its home, empty, on the disk that is looked at. */
  readonly home: string;
  readonly microphone: IdleMicrophone;
  readonly minutes: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What an appliance that nobody asks anything does to the disk. */
export interface IdleFigures {
  readonly condition: string;
  readonly minutes: number;
  /** From the start until it was measured. */
  readonly start: { readonly writtenBytes: number; readonly log: LogVolume; readonly files: readonly string[] };
  readonly writtenBytesPerHour: number;
  readonly cancelledBytesPerHour: number;
  readonly logBytesPerHour: number;
  readonly logLinesPerHour: number;
  readonly mostSaid: LogVolume['mostSaid'];
  /** In its home: the state folder, and whatever else it may write. */
  readonly changedFiles: readonly string[];
  readonly processorPercent: number;
  readonly pssBytes: number;
  readonly processes: number;
}

/** An appliance that has not said "ready" by then does not, for want of what it needs: it is measured all the same. */
const READY_MS = 60_000;

/** What follows the start: the first connections, measured speeds, the compiler's work. */
const SETTLE_MS = 30_000;

/** Starts the appliance in a home of its own, waits until it is at rest, and measures. @throws {Error} when it ends; the signal's reason */
export async function idleRun(options: IdleRunOptions): Promise<IdleFigures> {
  const { name, argv, home, minutes, clock, signal } = options;
  const env = await prepare(options);
  let isReady = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const log = new LogCounter((message) => {
    if (message === 'ready') isReady();
  });
  const group = new ProcessGroup(argv, { cwd: home, env, stdio: ['ignore', 'ignore', 'pipe'] }, clock);
  const { pid, stderr } = group.child;
  stderr?.setEncoding('utf8').on('data', (text: string) => log.write(text));
  const over = group.ended.then(() => {
    const [last] = log.take().mostSaid;
    throw new Error(`the appliance ended in "${name}": ${last?.message ?? 'it said nothing'}`);
  });
  over.catch(() => {}); // whoever waits for something else first hears of it then
  try {
    await Promise.race([ready, sleep(clock, READY_MS, signal), over]);
    await Promise.race([sleep(clock, SETTLE_MS, signal), over]);
    const files = await filesIn(home);
    const before = treeFigures(pid ?? 0);
    const started = log.take();
    await Promise.race([sleep(clock, minutes * 60_000, signal), over]);
    const after = treeFigures(pid ?? 0);
    const start = { writtenBytes: before.writtenBytes, log: started, files: [...files.keys()].sort() };
    const changed = changedFiles(files, await filesIn(home));
    return figuresOf({ name, minutes, start, before, after, log: log.take(), changed });
  } finally {
    group.end();
    await group.ended;
  }
}

interface Seen {
  readonly name: string;
  readonly minutes: number;
  readonly start: IdleFigures['start'];
  readonly before: TreeFigures;
  readonly after: TreeFigures;
  readonly log: LogVolume;
  readonly changed: readonly string[];
}

export function figuresOf({ name, minutes, start, before, after, log, changed }: Seen): IdleFigures {
  const perHour = (figure: number) => (figure * 60) / minutes;
  return {
    condition: name,
    minutes,
    start,
    writtenBytesPerHour: perHour(after.writtenBytes - before.writtenBytes),
    cancelledBytesPerHour: perHour(after.cancelledBytes - before.cancelledBytes),
    logBytesPerHour: perHour(log.bytes),
    logLinesPerHour: perHour(log.lines),
    mostSaid: log.mostSaid,
    changedFiles: changed,
    processorPercent: (100 * (after.cpuMs - before.cpuMs)) / (minutes * 60_000),
    pssBytes: after.pssBytes,
    processes: after.processes,
  };
}

/** A home with the programs that stand in for the sound card's. @returns the environment */
async function prepare({ home, microphone, env }: IdleRunOptions): Promise<NodeJS.ProcessEnv> {
  const programs = path.join(home, 'bin');
  const runtime = path.join(home, 'run');
  await mkdir(programs, { recursive: true });
  await mkdir(runtime, { recursive: true, mode: 0o700 });
  for (const [program, script] of Object.entries(STAND_INS[microphone])) {
    await writeFile(path.join(programs, program), `#!/bin/sh\n${script}`, { mode: 0o755 });
  }
  return { ...env, HOME: home, XDG_RUNTIME_DIR: runtime, PATH: `${programs}:${env['PATH'] ?? ''}` };
}
