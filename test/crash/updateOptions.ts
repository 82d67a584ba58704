import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Installation } from '../../src/update/installation.js';
import type { UpdateOptions } from '../../src/update/update.js';
import { FakeService, HurriedClock } from '../fixtures/fakeInstallation.js';

/** An update with a service that always comes up. What was unpacked really goes to the disk. */
export async function updateOptions(installation: Installation): Promise<UpdateOptions> {
  return {
    service: new FakeService(installation, (await installation.linked('current')) ?? ''),
    clock: new HurriedClock(),
    signal: new AbortController().signal,
    env: {},
    arch: process.arch,
    nodeVersion: process.versions.node,
    statFs: async () => ({ bavail: 1e10, bsize: 1 }),
    async syncFiles(folder) {
      execFileSync('sync', ['--file-system', folder]);
    },
    askVersion: async (folder) => readFileSync(path.join(folder, 'answer'), 'utf8'),
    onBytes: () => {},
    onStep: () => {},
  };
}
