import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { systemErrorCode } from '../failures/systemErrorCode.js';
import type { ModelFile } from './catalogue.js';
import { ModelError } from './modelError.js';

/** What is on disk in place of a model's file. `got` says what was found, in the terms of `expected`. */
export type FileCheck =
  | { readonly state: 'ok' }
  | { readonly state: 'missing' }
  | { readonly state: 'damaged'; readonly expected: string; readonly got: string };

/**
 * Hashes a file without holding it in memory.
 * @throws the signal's reason when aborted; the system's error when the file cannot be read
 */
export async function hashFile(
  path: string,
  algorithm: 'sha256' | 'md5' | 'sha512',
  encoding: 'hex' | 'base64',
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path)) {
    signal?.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest(encoding);
}

/** Compares the size only: cheap enough for every start. */
export async function checkSize(path: string, file: ModelFile): Promise<FileCheck> {
  try {
    const { size } = await stat(path);
    if (size === file.bytes) return { state: 'ok' };
    return { state: 'damaged', expected: `${file.bytes} bytes`, got: `${size} bytes` };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT' || systemErrorCode(error) === 'ENOTDIR') return { state: 'missing' };
    throw error;
  }
}

/** Compares size and content. @throws the signal's reason when aborted */
export async function checkContent(path: string, file: ModelFile, signal?: AbortSignal): Promise<FileCheck> {
  const size = await checkSize(path, file);
  if (size.state !== 'ok') return size;
  const { algorithm, hex } = file.checksum;
  const got = await hashFile(path, algorithm, 'hex', signal);
  return got === hex ? size : { state: 'damaged', expected: `${algorithm} ${hex}`, got: `${algorithm} ${got}` };
}

/**
 * Checks a file that has just arrived, and removes it when it is not what the catalogue describes.
 * @param origin where it came from, for the message
 * @throws {ModelError} `checksum`
 */
export async function demandContent(path: string, file: ModelFile, origin: string, signal: AbortSignal): Promise<void> {
  const check = await checkContent(path, file, signal);
  if (check.state === 'ok') return;
  await rm(path, { force: true });
  const what = check.state === 'damaged' ? `expected ${check.expected}, got ${check.got}` : 'it is missing';
  throw new ModelError(
    'checksum',
    `${file.name} from ${origin} is not the file it should be: ${what}. It was removed. Try again; if it happens again, something between here and the server changes downloads: fetch it on another network and use --from.`,
  );
}
