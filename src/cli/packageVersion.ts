import { readFileSync } from 'node:fs';
import { packageFile } from './packageFile.js';

/** Of this program. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };
  return version;
}
