import type { Readable } from 'node:stream';
import type { Clock } from '../../hardware/clock.js';
import { ProcessGroup } from './processGroup.js';

/** How a command ended, with the beginning of what it wrote. */
export type CommandEnd =
  | { readonly ended: 'exited'; readonly status: number; readonly stdout: string; readonly stderr: string }
  | { readonly ended: 'killed'; readonly by: NodeJS.Signals; readonly stdout: string; readonly stderr: string }
  | { readonly ended: 'timedOut' }
  | { readonly ended: 'notStarted'; readonly error: Error };

export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** What is kept of an output (bytes). The rest is read, so that the command can end, and dropped. */
const KEPT_BYTES = 8192;

/** Output may still come for so long after the end, when somebody else holds the other end of the pipe. */
const DRAIN_MS = 250;

/**
 * Runs a command without a shell and without input.
 * @param argv the program and its arguments
 * @throws the signal's reason as soon as it is aborted; the command and its children are then being ended
 */
export async function runCommand(
  argv: readonly string[],
  { env, cwd, timeoutMs, clock }: CommandOptions,
  signal: AbortSignal,
): Promise<CommandEnd> {
  signal.throwIfAborted();
  let group: ProcessGroup;
  try {
    group = new ProcessGroup(argv, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] }, clock);
  } catch (error) {
    // Such as an argument that is too long for the system.
    return { ended: 'notStarted', error: error instanceof Error ? error : new Error(String(error)) };
  }
  const { child } = group;
  const [stdout, stderr] = [kept(child.stdout), kept(child.stderr)];
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let startFailure: Error | undefined;
  child.once('error', (error) => {
    startFailure = error;
  });
  const timedOut = new AbortController();
  const timer = clock.setTimeout(() => timedOut.abort(), timeoutMs);
  // Listened to in place of the turn's, which may live longer.
  const over = AbortSignal.any([signal, timedOut.signal]);
  try {
    await Promise.race([group.ended, aborted(over)]);
    signal.throwIfAborted();
    if (startFailure) return { ended: 'notStarted', error: startFailure };
    if (timedOut.signal.aborted) return { ended: 'timedOut' };
    await drained(closed, clock, over);
    signal.throwIfAborted();
    const { exitCode, signalCode } = child;
    const written = { stdout: stdout(), stderr: stderr() };
    if (signalCode !== null) return { ended: 'killed', by: signalCode, ...written };
    return { ended: 'exited', status: exitCode ?? 0, ...written };
  } finally {
    clock.clearTimeout(timer);
    group.end();
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

/** Reads all of a stream. @returns how to get the beginning of it */
function kept(stream: Readable | null): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on('data', (chunk: Buffer) => {
    // A copy: a slice would hold on to the whole piece that was read.
    if (bytes < KEPT_BYTES) chunks.push(Buffer.from(chunk.subarray(0, KEPT_BYTES - bytes)));
    bytes += chunk.length;
  });
  // Destroyed while something is in the pipe: nobody waits for it.
  stream?.on('error', () => {});
  return () => new TextDecoder().decode(Buffer.concat(chunks));
}

async function drained(closed: Promise<void>, clock: Clock, over: AbortSignal): Promise<void> {
  let timer: unknown;
  const patience = new Promise<void>((resolve) => {
    timer = clock.setTimeout(resolve, DRAIN_MS);
  });
  await Promise.race([closed, patience, aborted(over)]);
  clock.clearTimeout(timer);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
