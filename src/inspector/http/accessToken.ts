import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../../../hardware/clock.js';
import { replaceFile } from '../../files/replaceFile.js';

/** In the state folder: what the token is checked against. The token itself is kept nowhere. */
export const TOKEN_FILE = 'inspector-token.json';

const TOKEN_BYTES = 32;
const OWNER_ONLY = 0o600;

/** A new token, or none any more, counts after this. */
const FRESH_MS = 2_000;

const fileSchema = z.object({
  /** SHA-256, hexadecimal. A slow hash would protect a weak secret; this one has 256 random bits. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
});

/** Makes a new token in the place of an old one, which opens nothing any more. It is told here and never again. */
export async function newAccessToken(file: string, now: Date): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const kept = { hash: hashOf(token).toString('hex'), createdAt: now.toISOString() };
  await replaceFile(file, `${JSON.stringify(kept, null, 2)}\n`, OWNER_ONLY);
  return token;
}

/** The token on the disk, which another program may change at any time. */
export class AccessToken {
  #hash: Buffer | undefined;
  #readAtMs = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(
    private readonly file: string,
    private readonly clock: Clock,
  ) {}

  /** Whether there is one: without one, nothing opens. */
  async exists(): Promise<boolean> {
    await this.#refresh();
    return this.#hash !== undefined;
  }

  /** Takes as long for a wrong one as for the right one. */
  async matches(token: string): Promise<boolean> {
    await this.#refresh();
    return this.#hash !== undefined && timingSafeEqual(hashOf(token), this.#hash);
  }

  #refresh(): Promise<void> {
    if (this.clock.now() - this.#readAtMs < FRESH_MS) return Promise.resolve();
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      const { hash } = fileSchema.parse(JSON.parse(await readFile(this.file, 'utf8')));
      this.#hash = Buffer.from(hash, 'hex');
    } catch {
      this.#hash = undefined;
    }
    this.#readAtMs = this.clock.now();
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
