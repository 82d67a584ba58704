import { readFileSync } from 'node:fs';

/** Longer than any password or token. */
const MAX_CHARS = 8192;

/** Where a secret is: its file as configured, and the variable that holds it where there is none. */
export interface SecretPlace {
  readonly file: string;
  readonly variable: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads a password or a token, each time anew, so that a new one needs no restart. No message has any of it.
 * @returns undefined where no file is named and the variable is not set
 * @throws {Error} when the file cannot be read, or holds no secret
 */
export function readSecret({ file, variable, env }: SecretPlace): string | undefined {
  if (file === '') return env[variable] || undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new Error(`${file} cannot be read (${code}): see that it is there and that this user may read it`);
  }
  if (text === '' || text.length > MAX_CHARS) throw new Error(`${file} holds no secret: it must be one short line`);
  if (/[\r\n]/.test(text)) throw new Error(`${file} has several lines: it must hold the secret and nothing else`);
  return text;
}
