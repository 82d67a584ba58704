import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'node:test';
import { ConversationFile } from '../../../src/memory/conversationFile.js';
import { faultyDisk } from '../../fixtures/faultyDisk.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const exchange = (number: number) => ({ atMs: number, asked: `${number}`, heard: 'yes', interrupted: false });
const FAULTS = [
  { what: 'a full disk', code: 'ENOSPC', forGood: false },
  { what: 'the end of the process', code: 'EIO', forGood: true },
] as const;

for (const { what, code, forGood } of FAULTS) {
  suite(`after ${what} at any step`, () => {
    test('a conversation has all that was kept, in order, and what was not kept as a whole or not at all', async (t) => {
      const name = path.join(temporaryFolder(t), 'conversation.jsonl');
      const disk = await faultyDisk(t);
      for (const how of ['append', 'replace'] as const) {
        for (let step = 0; step < 12; step++) {
          const file = new ConversationFile(name);
          await file.replace([exchange(1), exchange(2)]);
          const write = how === 'append' ? [exchange(3)] : [exchange(1), exchange(2), exchange(3)];
          disk.failAt(step, code, forGood);
          const failed = await file[how](write).then(
            () => false,
            () => true,
          );
          disk.heal();
          const { exchanges, damagedLines } = await new ConversationFile(name).read();
          const asked = exchanges.map((each) => each.asked).join();
          assert.ok(asked === '1,2,3' || (failed && asked === '1,2'), `${how}, step ${step}: ${asked}`);
          assert.equal(damagedLines, 0);
        }
      }
    });
  });
}
