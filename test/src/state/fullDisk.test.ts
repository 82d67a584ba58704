import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { ListBook } from '../../../src/lists/listBook.js';
import { listState } from '../../../src/lists/listState.js';
import { StateFile } from '../../../src/state/stateFile.js';
import { TimerBook } from '../../../src/timers/timerBook.js';
import { timerState } from '../../../src/timers/timerState.js';
import type { CleanUp } from '../../fixtures/cleanUp.js';
import { mountMissing, SmallDisk } from '../../fixtures/smallDisk.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const MINUTE_MS = 60_000;

const TROUBLES = {
  'is full': { begin: (disk: SmallDisk) => disk.fill(), end: (disk: SmallDisk) => disk.makeRoom() },
  'cannot be written': {
    begin: (disk: SmallDisk) => disk.makeReadOnly(),
    end: (disk: SmallDisk) => disk.makeWritable(),
  },
} as const;

/** The state on a real disk of its own. */
function computer(test: CleanUp) {
  const disk = SmallDisk.mount(test);
  const told: string[] = [];
  const tell = (...all: unknown[]) => told.push(String(all.at(-1)));
  const log = { warn: tell, info: tell };
  const clock = new SteppedClock();
  const rang: (string | undefined)[] = [];
  const timersFile = () => new StateFile(path.join(disk.folder, 'timers.json'), timerState, log);
  return {
    disk,
    told,
    clock,
    rang,
    lists: () => ListBook.open(new StateFile(path.join(disk.folder, 'lists.json'), listState, log)),
    namesOnDisk: async () => (await timersFile().read())?.timers.map(({ name }) => name),
    timers: () =>
      TimerBook.open({
        store: timersFile(),
        clock,
        now: () => new Date(clock.now()),
        onRing: ({ name }) => rang.push(name),
        onQuiet: () => {},
        onMissed: () => {},
      }),
  };
}

describe('A disk that', { skip: mountMissing() }, () => {
  for (const [what, { begin, end }] of Object.entries(TROUBLES)) {
    it(`${what} loses nothing of the lists that it had, and gets the rest when it is well again`, async (test) => {
      const { disk, told, lists } = computer(test);
      const book = await lists();
      assert.equal((await book.add('shopping', ['milk', 'tea'])).isKept, true);
      begin(disk);
      assert.equal((await book.add('shopping', ['bread'])).isKept, false);
      assert.equal((await book.remove('shopping', ['milk'])).isKept, false);
      assert.deepEqual(book.items('shopping'), ['tea', 'bread']);
      assert.deepEqual((await lists()).items('shopping'), ['milk', 'tea']);
      assert.equal(told.filter((line) => line.includes('cannot be written')).length, 1);
      end(disk);
      assert.equal((await book.add('to-do', ['buy a disk'])).isKept, true);
      assert.deepEqual((await lists()).items('shopping'), ['tea', 'bread']);
      assert.match(told.at(-1) ?? '', /can be written again/);
    });

    it(`${what} keeps no timer from ringing, and forgets none that it had`, async (test) => {
      const { disk, clock, rang, timers, namesOnDisk } = computer(test);
      const book = await timers();
      assert.equal((await book.startTimer(10 * MINUTE_MS, 'bread')).isKept, true);
      begin(disk);
      assert.equal((await book.startTimer(MINUTE_MS, 'tea')).isKept, false);
      clock.advance(MINUTE_MS);
      assert.deepEqual(rang, ['tea']);
      assert.deepEqual(await namesOnDisk(), ['bread'], 'a restart finds what the disk had');
      end(disk);
      book.stopRinging();
      assert.equal((await book.startTimer(MINUTE_MS, 'egg')).isKept, true);
      assert.deepEqual(await namesOnDisk(), ['bread', 'egg']);
    });
  }
});
