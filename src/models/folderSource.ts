import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelFile } from './catalogue.js';
import { demandContent } from './checksum.js';
import { ModelError, writeFailure } from './modelError.js';

/**
 * Copies a model's file out of a folder (a USB stick, another machine's models) into `workspace` and checks it.
 * @param folder holds `MODEL/FILE` (as a models folder does) or `FILE`
 * @throws {ModelError} `notInFolder`, `checksum`, `noSpace`; the signal's reason when aborted
 */
export async function copyFromFolder(
  folder: string,
  modelId: string,
  file: ModelFile,
  workspace: string,
  signal: AbortSignal,
): Promise<string> {
  const original = await findIn(folder, modelId, file);
  const copy = path.join(workspace, file.name);
  try {
    await pipeline(createReadStream(original), createWriteStream(copy), { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw writeFailure(error, workspace) ?? error;
  }
  await demandContent(copy, file, original, signal);
  return copy;
}

async function findIn(folder: string, modelId: string, file: ModelFile): Promise<string> {
  const candidates = [path.join(folder, modelId, file.name), path.join(folder, file.name)];
  for (const candidate of candidates) {
    const found = await stat(candidate).then(
      (stats) => stats.isFile(),
      () => false,
    );
    if (found) return candidate;
  }
  throw new ModelError(
    'notInFolder',
    `${modelId} is not in ${folder}: neither ${candidates.join(' nor ')} is there. Copy ${file.name} (${file.bytes} bytes) into that folder.`,
  );
}
