import { readFileSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../files/replaceFile.js';
import type { PauseMemory } from '../speech/endpointing/patience.js';

/** Where the program keeps what it has learnt. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const given = env['STATE_DIRECTORY'];
  return given || path.join(env['XDG_STATE_HOME'] || path.join(home, '.local', 'state'), 'pressel');
}

/** How long the user usually pauses, kept on disk from one start to the next. */
export class PauseMemoryFile implements PauseMemory {
  usualMs: number | undefined;
  #savedMs: number | undefined;
  #saving: Promise<void> = Promise.resolve();

  /** What is missing or damaged counts as not known yet. */
  constructor(private readonly file: string) {
    this.usualMs = readUsual(file);
    this.#savedMs = this.usualMs;
  }

  /** Writes what has changed; a power cut leaves the old or the new. @throws when the disk does not take it */
  save(): Promise<void> {
    this.#saving = this.#saving.catch(() => {}).then(() => this.#write());
    return this.#saving;
  }

  async #write(): Promise<void> {
    const { usualMs } = this;
    if (usualMs === undefined || usualMs === this.#savedMs) return;
    await replaceFile(this.file, `${JSON.stringify({ usualPauseMs: Math.round(usualMs) })}\n`);
    this.#savedMs = usualMs;
  }
}

/** No pause within a sentence is longer (ms): such a number comes from a damaged file. */
const LONGEST_MS = 60_000;

function readUsual(file: string): number | undefined {
  try {
    const { usualPauseMs } = JSON.parse(readFileSync(file, 'utf8')) as { usualPauseMs?: unknown };
    const isPlausible = typeof usualPauseMs === 'number' && usualPauseMs > 0 && usualPauseMs < LONGEST_MS;
    return isPlausible ? usualPauseMs : undefined;
  } catch {
    return undefined;
  }
}
