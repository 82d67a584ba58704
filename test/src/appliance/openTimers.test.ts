import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { earconFor } from '../../../src/appliance/earconFor.js';
import { openTimers } from '../../../src/appliance/openTimers.js';
import { systemStatus } from '../../../src/appliance/systemStatus.js';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { openLog } from '../../../src/observability/log.js';
import { timerSkill } from '../../../src/skills/timerSkill.js';
import { monday } from '../../fixtures/askSkill.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const log = openLog(DEFAULT_CONFIG, new Writable({ write: (_chunk, _encoding, done) => done() }));
const { signal } = new AbortController();

/** What the last start has left: a timer that was due so long ago. */
async function openedAfter(context: Parameters<typeof temporaryFolder>[0], agoMs: number) {
  const folder = await temporaryFolder(context);
  const atMs = Date.now() - agoMs;
  const timer = { kind: 'timer', name: 'pasta', lengthMs: 1000, due: { by: 'elapsed', atMs } };
  const state = { version: 1, savedAtMs: atMs - 1000, timers: [timer], missed: [] };
  await writeFile(path.join(folder, 'timers.json'), JSON.stringify(state));
  const opened = await openTimers(folder, log);
  const told: string[] = [];
  opened.connect(({ type }) => told.push(type));
  return { ...opened, told };
}

describe('the timers of the last start', () => {
  it('ring the bell as soon as there is one, and it stops when nothing rings any more', async (context) => {
    const { book, told, close } = await openedAfter(context, 60_000);
    assert.deepEqual(told, ['bell.rings']);
    book.stopRinging();
    assert.deepEqual(told, ['bell.rings', 'bell.stopped']);
    await close();
  });

  it('that were missed are told once, when the owner asks what is set', async (context) => {
    const { book, told, close } = await openedAfter(context, 3_600_000);
    assert.deepEqual(told, []);
    const ask = () => timerSkill(book).run({ action: 'left' }, { ...monday, now: new Date() }, signal);
    assert.match(String(await ask()), /^You have missed the pasta timer of .*\. No timer is set\.$/);
    assert.equal(await ask(), 'No timer is set.');
    await close();
  });
});

it('The bell waits while somebody talks', () => {
  assert.equal(earconFor({ type: 'bellStruck' }, new Set(['idle'])), 'ringing');
  assert.equal(earconFor({ type: 'bellStruck' }, new Set(['speaking'])), undefined);
  assert.equal(earconFor({ type: 'bellStruck' }, new Set(['hearing'])), undefined);
});

it('The state of the system is read where Linux has it, and unknown where it has not', async (context) => {
  const folder = await temporaryFolder(context);
  const status = systemStatus(undefined, path.join(folder, 'not', 'there'), folder);
  assert.equal(await status.temperatureCelsius(), undefined);
  assert.ok(((await status.disk())?.totalBytes ?? 0) > 0);
  assert.ok(((await status.memory())?.freeBytes ?? 0) > 0);
  assert.equal(await status.model(signal), undefined);
});
