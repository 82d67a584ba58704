import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

/** A folder of the test's own, removed when the test is over. */
export function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pressel-test-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
