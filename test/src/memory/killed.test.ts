import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { seededNumbers } from '../../../src/bench/sim/seededNumbers.js';
import { readJournal } from '../../../src/memory/journal.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const TALKING = fileURLToPath(new URL('./talkingProcess.js', import.meta.url));
/** Run by itself, the file takes another number: `node dist/test/src/memory/killed.test.js 200`. */
const ROUNDS = Number(process.argv[2] ?? 48);
/** Each has a conversation of its own, so that starting one and killing another go on at the same time. */
const SIDE_BY_SIDE = 4;
/** Some forty exchanges, and five times the cutting of older ones. */
const LONGEST_LIFE_MS = 25;

suite('a conversation whose program is killed in the middle of writing', { concurrency: SIDE_BY_SIDE }, () => {
  for (let seed = 1; seed <= SIDE_BY_SIDE; seed++) {
    test(`holds all that was kept, in order and undamaged, ${ROUNDS / SIDE_BY_SIDE} times in a row`, async (t) => {
      const file = path.join(temporaryFolder(t), 'conversation.jsonl');
      const random = seededNumbers(seed);
      let said = 0;
      for (let round = 0; round < ROUNDS / SIDE_BY_SIDE; round++) {
        const acknowledged = await killAfter(file, random() * LONGEST_LIFE_MS);
        assert.ok(acknowledged > said, `round ${round}: ${acknowledged} after ${said}`);
        said = acknowledged;
        assert.ok(existsSync(file));
        const { exchanges, damagedLines } = readJournal(readFileSync(file));
        const numbers = exchanges.map(({ asked }) => Number(asked));
        const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
        // The last may have been written and not yet told of, and of one that was being written there may be a part.
        assert.ok(last === said || last === said + 1, `round ${round}: ${last} where ${said} was kept`);
        assert.ok(damagedLines === 0 || (damagedLines === 1 && last === said));
        assert.deepEqual(
          numbers,
          Array.from({ length: last - first + 1 }, (_, i) => first + i),
        );
        assert.ok(numbers.length >= Math.min(last, 4) && numbers.length <= 8, 'what is cut is the older half');
        said = last;
      }
    });
  }
});

/** Lets the program talk for so long after its first word. @returns the last number that it has told of */
async function killAfter(file: string, lifeMs: number): Promise<number> {
  const child = spawn(process.execPath, [TALKING, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = 0;
  const lines = createInterface({ input: child.stdout });
  lines.once('line', () => setTimeout(() => child.kill('SIGKILL'), lifeMs));
  lines.on('line', (line) => {
    last = Number(line);
  });
  const [[, signal]] = await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  assert.equal(signal, 'SIGKILL');
  return last;
}
