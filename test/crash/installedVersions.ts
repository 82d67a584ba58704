import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tar from 'tar';
import { Installation } from '../../src/update/installation.js';

const FILES = 120;
const FILE_BYTES = 6_000;

/** A program of many files, each of which says which version it is of. */
export function writeVersion(folder: string, version: string): void {
  mkdirSync(path.join(folder, 'dist'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ version }));
  writeFileSync(path.join(folder, 'answer'), version);
  for (let i = 0; i < FILES; i++) writeFileSync(path.join(folder, 'dist', `${i}.js`), contentOf(version));
}

/** A folder with the release of a version. */
export async function writeRelease(folder: string, version: string): Promise<void> {
  const name = `pressel-${version}`;
  writeVersion(path.join(folder, name), version);
  const file = `${name}.tar.gz`;
  await tar.create({ file: path.join(folder, file), cwd: folder, gzip: true }, [name]);
  const content = readFileSync(path.join(folder, file));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const archive = { file, bytes: content.length, sha256, unpackedBytes: FILES * FILE_BYTES };
  const release = { version, minimumNode: '20.0.0', notes: '', archives: { [process.arch]: archive } };
  writeFileSync(path.join(folder, 'release.json'), JSON.stringify(release));
}

/** What is wrong with the installation: where its links lead must be whole. */
export async function faultsOf(root: string): Promise<string[]> {
  const installation = new Installation(root);
  const faults: string[] = [];
  const current = await installation.linked('current');
  if (current === null) faults.push('"current" leads nowhere');
  const previous = await installation.linked('previous');
  for (const version of [current, previous]) if (version !== null) faults.push(...lacking(installation, version));
  await installation.unproven().catch((error: unknown) => faults.push(`unproven.json: ${error}`));
  const litter = readdirSync(path.join(root, 'versions')).length;
  if (litter > 4) faults.push(`${litter} folders of versions`);
  return faults;
}

function lacking(installation: Installation, version: string): string[] {
  const folder = installation.folderOf(version);
  try {
    const answer = readFileSync(path.join(folder, 'answer'), 'utf8');
    if (answer !== version) return [`${version} answers ${answer}`];
    const wrong = Array.from({ length: FILES }, (_, i) => path.join(folder, 'dist', `${i}.js`)).filter(
      (file) => statSync(file).size !== FILE_BYTES || readFileSync(file, 'utf8') !== contentOf(version),
    );
    return wrong.map((file) => `${file} is not as it was released`);
  } catch (error) {
    return [`${version}: ${error}`];
  }
}

function contentOf(version: string): string {
  return `${version}\n`.padEnd(FILE_BYTES, 'x');
}
