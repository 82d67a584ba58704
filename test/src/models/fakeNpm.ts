import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tar from 'tar';
import type { NpmSource } from '../../../src/models/catalogue.js';

/** What the fake does instead of asking a registry. */
export type FakeNpmBehaviour = { tarball: string } | { stderr: string; exitCode: number } | { hang: true };

/**
 * Puts an executable called `npm` into a folder of its own and returns an environment that finds it. It notes its
 * arguments in `calls.json` beside it.
 */
export function fakeNpm(folder: string, behaviour: FakeNpmBehaviour): { env: { PATH: string }; callFile: string } {
  const bin = path.join(folder, 'bin');
  const callFile = path.join(folder, 'call.json');
  mkdirSync(bin, { recursive: true });
  const script = `#!${process.execPath}
const fs = require('node:fs');
const behaviour = ${JSON.stringify(behaviour)};
const args = process.argv.slice(2);
fs.writeFileSync(${JSON.stringify(`${callFile}.new`)}, JSON.stringify({ args, cwd: process.cwd(), pid: process.pid }));
fs.renameSync(${JSON.stringify(`${callFile}.new`)}, ${JSON.stringify(callFile)});
if (behaviour.hang) setInterval(() => {}, 1000);
else if (behaviour.tarball) fs.copyFileSync(behaviour.tarball, args[args.indexOf('--pack-destination') + 1] + '/any-name.tgz');
else { process.stderr.write(behaviour.stderr); process.exitCode = behaviour.exitCode; }
`;
  writeFileSync(path.join(bin, 'npm'), script, { mode: 0o755 });
  return { env: { PATH: bin }, callFile };
}

/** Packs `package/...` below `folder` as npm does, and describes it as a source. */
export async function packedSource(
  folder: string,
  paths: Record<string, string>,
): Promise<NpmSource & { tarball: string }> {
  const tarball = path.join(folder, 'packed.tgz');
  await tar.create({ file: tarball, cwd: folder, gzip: true }, ['package']);
  const bytes = readFileSync(tarball);
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  return { kind: 'npm', package: '@some/models@1.2.3', integrity, packedBytes: bytes.length, paths, tarball };
}
