import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { z } from 'zod';
import { StateFile } from '../../../src/state/stateFile.js';
import { faultyDisk } from '../../fixtures/faultyDisk.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const FAULTS = [
  { what: 'too many open files', code: 'EMFILE', forGood: false },
  { what: 'an error of the disk', code: 'EIO', forGood: false },
  { what: 'the end of the process', code: 'EIO', forGood: true },
] as const;

suite('a state that several processes change', () => {
  for (const { what, code, forGood } of FAULTS) {
    test(`is the old or the new one after ${what} at any step, and the new one where it was said to be kept`, async (t) => {
      const name = path.join(temporaryFolder(t), 'lists.json');
      const disk = await faultyDisk(t);
      const log = { warn: () => {}, info: () => {} };
      const open = () => new StateFile(name, z.object({ number: z.number() }), log);
      for (let step = 0; step < 14; step++) {
        assert.ok(await open().keep({ number: step }));
        disk.failAt(step, code, forGood);
        const isKept = await open().change((kept) => ({ number: (kept?.number ?? -100) + 1 }));
        disk.heal();
        const there = (await open().read())?.number;
        assert.ok(there === step + 1 || (there === step && !isKept), `step ${step}: ${there}`);
        assert.equal(existsSync(`${name}.damaged`), false, `step ${step}`);
      }
    });
  }
});
