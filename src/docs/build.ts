/** Writes the configuration reference: `npm run docs:build`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageFile } from '../cli/packageFile.js';
import { configurationReference, REFERENCE_FILE } from './reference/configurationReference.js';

const file = packageFile(REFERENCE_FILE);
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, configurationReference());
process.stdout.write(`${REFERENCE_FILE}\n`);
