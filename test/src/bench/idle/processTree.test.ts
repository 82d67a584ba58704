import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { treeFigures } from '../../../../src/bench/idle/processTree.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

interface FakeProcess {
  readonly pid: number;
  readonly parent: number;
  readonly written: number;
}

/** A process whose four times are 1, 2, 3 and 4 ticks, and that holds 10 kB. */
function write(proc: string, { pid, parent, written }: FakeProcess): void {
  const folder = path.join(proc, String(pid));
  mkdirSync(folder);
  const stat = `${pid} (a name) with (parentheses) S ${parent} 0 0 0 0 0 0 0 0 0 1 2 3 4 0 0 0`;
  writeFileSync(path.join(folder, 'stat'), stat);
  writeFileSync(path.join(folder, 'io'), `rchar: 9\nwrite_bytes: ${written}\ncancelled_write_bytes: ${written / 4}\n`);
  writeFileSync(path.join(folder, 'smaps_rollup'), '00-ff ---p 0 0 0 [rollup]\nRss: 99 kB\nPss: 10 kB\n');
}

suite('the figures of a process and its descendants', () => {
  test('are the sum of all of them, and of nobody else', (t) => {
    const proc = temporaryFolder(t);
    for (const each of [
      { pid: 7, parent: 1, written: 4096 },
      { pid: 9, parent: 7, written: 8192 },
      { pid: 8, parent: 9, written: 4096 },
      { pid: 10, parent: 1, written: 1_000_000 },
    ]) {
      write(proc, each);
    }
    assert.deepEqual(treeFigures(7, proc), {
      writtenBytes: 16_384,
      cancelledBytes: 4096,
      cpuMs: 300,
      pssBytes: 30_720,
      processes: 3,
    });
  });

  test('are nothing of a process that has gone', (t) => {
    const { writtenBytes, cpuMs } = treeFigures(7, temporaryFolder(t));
    assert.deepEqual([writtenBytes, cpuMs], [0, 0]);
  });

  test('are those of this very process, too', () => {
    assert.ok(treeFigures(process.pid).pssBytes > 10_000_000);
  });
});
