import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { conversationFile } from '../../src/memory/conversationFile.js';
import { journalLine } from '../../src/memory/journal.js';
import { ApplianceProcess } from '../fixtures/applianceProcess.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { pressel } from '../fixtures/pressel.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

/** A machine without any sound: no card, no sound server. */
const SILENT = { PULSE_SERVER: 'unix:/nowhere' };

describe('pressel run', { skip: skipWithoutModel('moonshine-tiny-en', 'silero-vad-v6') }, () => {
  it('starts without a microphone and a speaker, says so, keeps trying, and ends with 0 when told to', async (t) => {
    const appliance = await ApplianceProcess.start(t, { env: SILENT });
    await appliance.until(({ msg }) => msg === 'ready');
    for (const device of ['microphone', 'speaker']) {
      const line = await appliance.until((line) => line['part'] === device && line['level'] === 40);
      assert.match(line.msg, /Connect one|no longer|There is no/);
    }
    const tries = ({ state }: Readonly<Record<string, unknown>>) =>
      (state as { microphone?: string } | undefined)?.microphone === 'reopening';
    await appliance.until(tries);
    const { code, stdout } = await appliance.stop();
    assert.equal(code, 0);
    assert.equal(stdout, '');
  });

  it('says how fast its models are when it is quiet, and keeps that for the next start', async (t) => {
    const appliance = await ApplianceProcess.start(t, { env: SILENT });
    const speeds = await appliance.until(({ msg, level }) => msg === 'speeds' && level === 30);
    for (const name of ['asrRealTimeFactor', 'ttsRealTimeFactor', 'ttsFirstPieceMs']) {
      assert.ok(Number(speeds[name]) > 0, `${name} is ${speeds[name]}`);
    }
    const heard = appliance.lines.find((line) => 'heard' in line)?.['heard'];
    assert.match(String(heard), /quick brown fox/);
    assert.equal((await appliance.stop()).code, 0);
    const kept = readFileSync(path.join(appliance.home, 'state', 'pressel', 'speeds.json'), 'utf8');
    assert.match(kept, /"asrRealTimeFactor":\d/);
  });

  it('goes on with the conversation of before, until that is erased', async (t) => {
    const state = temporaryFolder(t);
    const file = conversationFile(state);
    const said = { atMs: Date.now(), asked: 'Who was Ada?', heard: 'A mathematician.', interrupted: false };
    writeFileSync(file, journalLine(said));
    const appliance = await ApplianceProcess.start(t, { env: { ...SILENT, STATE_DIRECTORY: state } });
    const line = await appliance.until(({ msg }) => msg === 'the conversation goes on where it was');
    assert.equal(line['exchanges'], 1);
    await appliance.until(({ msg }) => msg === 'ready');
    assert.match((await pressel(t, ['history', '--folder', state])).stdout, /Pressel: A mathematician\./);
    assert.equal((await pressel(t, ['history', 'clear', '--folder', state])).code, 0);
    await appliance.until(({ msg }) => msg === 'the conversation was erased');
    assert.equal((await appliance.stop()).code, 0);
    assert.ok(!existsSync(file));
  });

  it('ends with 0 while it starts', async (t) => {
    const appliance = await ApplianceProcess.start(t, { env: SILENT });
    await appliance.until(({ msg }) => msg === 'state');
    assert.equal((await appliance.stop('SIGINT')).code, 0);
  });

  it('refuses to run twice, and names the process that runs', async (t) => {
    const appliance = await ApplianceProcess.start(t, { env: SILENT });
    await appliance.until(({ msg }) => msg === 'ready');
    const second = await pressel(t, ['run'], { env: { ...SILENT, TMPDIR: appliance.home } });
    assert.equal(second.code, 1);
    assert.match(second.stderr, new RegExp(`process ${appliance.pid}, runs already`));
    assert.equal((await appliance.stop()).code, 0);
    const third = await ApplianceProcess.start(t, { env: { ...SILENT, TMPDIR: appliance.home } });
    await third.until(({ msg }) => msg === 'ready');
    assert.equal((await third.stop()).code, 0, 'the lock ends with its process');
  });
});
