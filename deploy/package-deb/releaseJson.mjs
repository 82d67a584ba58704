// Writes release.json to stdout: releaseJson.mjs ROOT ARCHIVES, where each line of ARCHIVES is "cpu file bytes sha256 unpackedBytes".
import { readFileSync } from 'node:fs';
import path from 'node:path';

const [root, list] = process.argv.slice(2);
const { version, engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const minimumNode = `${engines.node.replace(/^>=/, '')}.0.0`.split('.').slice(0, 3).join('.');
const changes = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
const section = changes.split(/^## /m).find((part) => part.split(/\s/, 1)[0] === version);
if (section === undefined) throw new Error(`CHANGELOG.md says nothing about ${version}`);
const notes = section.slice(section.indexOf('\n')).trim();
const archives = Object.fromEntries(
  readFileSync(list, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [cpu, file, bytes, sha256, unpackedBytes] = line.split(' ');
      return [cpu, { file, bytes: Number(bytes), sha256, unpackedBytes: Number(unpackedBytes) }];
    }),
);
process.stdout.write(`${JSON.stringify({ version, minimumNode, notes, archives }, null, 2)}\n`);
