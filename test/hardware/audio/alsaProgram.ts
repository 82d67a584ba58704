import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

/** For a test's `skip` option. */
export const noShell = process.platform === 'win32' && 'needs a POSIX shell';

/** A shell script in the place of a program of alsa-utils. `$FOLDER` is a folder of its own. */
export function alsaProgram(t: TestContext, script: string) {
  const folder = temporaryFolder(t);
  const command = path.join(folder, 'program');
  writeFileSync(command, `#!/bin/sh\nFOLDER='${folder}'\n${script}\n`, { mode: 0o755 });
  return { command, folder, clock: new SteppedClock() };
}

/** Waits for something that a process does in its own time. The test's time limit ends a wait in vain. */
export async function becomes(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTick();
}
