import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Installation } from '../../src/update/installation.js';
import { parseRelease } from '../../src/update/release.js';
import { update } from '../../src/update/update.js';
import { updateOptions } from './updateOptions.js';

// Updates the installation in the folder that it is given to the release in the other one.
const [, , root = '', folder = ''] = process.argv;
const installation = new Installation(root);
const file = path.join(folder, 'release.json');
const release = parseRelease(readFileSync(file, 'utf8'), file);
await update(installation, { kind: 'folder', folder }, release, await updateOptions(installation));
