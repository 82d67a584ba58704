import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { replaceFile } from '../files/replaceFile.js';

const ID = /^[a-z0-9]{4,32}$/;
const ID_CHARS = 12;

/**
 * What tells this device from others on the broker, the same from start to start: drawn once and kept in `file`. Where the
 * disk does not take it, it is made of the computer's own id, of which nobody learns anything by it.
 */
export async function deviceId(file: string): Promise<string> {
  const kept = textOf(file);
  if (kept !== undefined && ID.test(kept)) return kept;
  const drawn = randomBytes(ID_CHARS / 2).toString('hex');
  try {
    await replaceFile(file, `${drawn}\n`);
    return drawn;
  } catch {
    const computer = textOf('/etc/machine-id') || hostname();
    return createHash('sha256').update(`pressel ${computer}`).digest('hex').slice(0, ID_CHARS);
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
