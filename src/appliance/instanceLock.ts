import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tryLock } from '../files/fileLock.js';

/** Another copy of the program runs. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
  constructor(readonly pid: number | undefined) {
    const whose = pid === undefined ? 'Another copy of Pressel' : `Pressel, process ${pid},`;
    const remedy = pid === undefined ? '' : ` Stop it first: kill ${pid}, or: sudo systemctl stop pressel`;
    super(`${whose} runs already.${remedy}`);
  }
}

/** The file that the running copy of a user has locked. Lies where the system keeps what ends with a session or a boot. */
export function lockFile(env: Readonly<Record<string, string | undefined>>): string {
  const folder = env['RUNTIME_DIRECTORY'] || env['XDG_RUNTIME_DIR'];
  return folder ? path.join(folder, 'pressel.lock') : path.join(tmpdir(), `pressel-${process.getuid?.() ?? 0}.lock`);
}

/**
 * Claims `file` for this process and writes its pid into it. The kernel gives the claim up when the process ends, however
 * it ends.
 * @returns gives it up
 * @throws {AlreadyRunningError} when another process has it
 */
export function lockInstance(file: string): () => void {
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'a+', 0o600);
  if (!tryLock(descriptor)) {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    closeSync(descriptor);
    throw new AlreadyRunningError(Number.isNaN(pid) ? undefined : pid);
  }
  ftruncateSync(descriptor);
  writeSync(descriptor, `${process.pid}\n`);
  return () => closeSync(descriptor);
}
