import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { StateFile } from '../../../src/state/stateFile.js';
import { TimerBook } from '../../../src/timers/timerBook.js';
import { timerState } from '../../../src/timers/timerState.js';
import type { CleanUp } from '../../fixtures/cleanUp.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const MINUTE_MS = 60_000;
const noonMs = Date.parse('2026-11-23T12:00:00Z');

function computer(test: CleanUp) {
  const file = path.join(temporaryFolder(test), 'timers.json');
  const told: string[] = [];
  const tell = (...all: unknown[]) => told.push(String(all.at(-1)));
  const start = (atMs: number) => {
    const clock = new SteppedClock();
    return TimerBook.open({
      store: new StateFile(file, timerState, { warn: tell, info: tell }),
      clock,
      now: () => new Date(atMs + clock.now()),
      onRing: () => {},
      onQuiet: () => {},
      onMissed: () => {},
    });
  };
  return { file, told, start };
}

describe('The file of the timers', () => {
  it('brings timers, alarms and their names over a restart', async (test) => {
    const { start } = computer(test);
    const book = await start(noonMs);
    await book.startTimer(10 * MINUTE_MS, 'pasta');
    const { timer } = await book.startTimer(20 * MINUTE_MS);
    await book.pause(timer.id);
    await book.setAlarm({ year: 2026, month: 11, day: 24, hour: 7, minute: 0 }, 'Europe/Lisbon', 'bus');
    const again = await start(noonMs + MINUTE_MS);
    assert.deepEqual(
      again.list().map(({ kind, name, state, leftMs }) => [kind, name, state, leftMs / MINUTE_MS]),
      [
        ['timer', 'pasta', 'running', 9],
        ['timer', undefined, 'paused', 20],
        ['alarm', 'bus', 'running', 19 * 60 - 1],
      ],
    );
  });

  it('has what was set before the program was killed, and rings what was due meanwhile', async (test) => {
    const { file, start } = computer(test);
    const program = fileURLToPath(new URL('../../fixtures/timersProcess.js', import.meta.url));
    const killed = spawnSync(process.execPath, [program, path.dirname(file), String(10 * MINUTE_MS)]);
    assert.equal(killed.signal, 'SIGKILL', String(killed.stderr));
    const { savedAtMs } = JSON.parse(readFileSync(file, 'utf8'));
    const [pasta, newYear] = (await start(savedAtMs + 4 * MINUTE_MS)).list();
    assert.deepEqual([pasta?.name, newYear?.name], ['pasta', 'new year']);
    assert.ok(Math.abs((pasta?.leftMs ?? 0) - 6 * MINUTE_MS) < 1000);
    assert.deepEqual(
      (await start(savedAtMs + 11 * MINUTE_MS)).ringing.map(({ name }) => name),
      ['pasta'],
    );
  });

  for (const change of ['"minute":0', '"minute":99', 'Europe/Lisbon', 'Atlantis/City', '"version":1', '"version":9']) {
    const isSound = ['"minute":0', 'Europe/Lisbon', '"version":1'].includes(change);
    it(`${isSound ? 'is used' : 'is put aside, and the book begins empty,'} with ${change}`, async (test) => {
      const { file, told, start } = computer(test);
      const book = await start(noonMs);
      await book.setAlarm({ year: 2026, month: 11, day: 24, hour: 7, minute: 0 }, 'Europe/Lisbon');
      const [, key, value] = /^(?:(".+"):)?(.+)$/.exec(change) ?? [];
      const pattern = key === undefined ? /Europe\/Lisbon/ : new RegExp(`(?<=${key}:)\\d+`);
      writeFileSync(file, readFileSync(file, 'utf8').replace(pattern, value ?? ''));
      const again = await start(noonMs);
      assert.equal(again.list().length, isSound ? 1 : 0);
      assert.equal(told.length, isSound ? 0 : 1);
      assert.equal((await again.startTimer(MINUTE_MS)).isKept, true);
    });
  }
});
