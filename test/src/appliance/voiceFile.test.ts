import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { volumeGain } from '../../../hardware/audio/volumeCurve.js';
import { VoiceFile } from '../../../src/appliance/voiceFile.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const CONFIGURED = { volumePercent: 80, lengthScale: undefined };
const settingsOf = ({ percent, isMuted, factor }: VoiceFile) => ({ percent, isMuted, factor });

suite('volume and rate on disk', () => {
  test('are as configured until they are set, and there again after a restart', async (t) => {
    const file = path.join(temporaryFolder(t), 'state', 'voice.json');
    const voice = new VoiceFile(file, CONFIGURED);
    assert.deepEqual(settingsOf(voice), { percent: 80, isMuted: false, factor: 1 });
    await voice.save();
    assert.ok(!existsSync(file), 'nothing is written before anything is set');
    voice.percent = 60;
    voice.factor = 0.87;
    await Promise.all([voice.save(), voice.save()]);
    assert.deepEqual(settingsOf(new VoiceFile(file, CONFIGURED)), { percent: 60, isMuted: false, factor: 0.87 });
    assert.deepEqual(readdirSync(path.dirname(file)), ['voice.json']);
  });

  test('give way to a configuration that was changed since, each for itself', async (t) => {
    const file = path.join(temporaryFolder(t), 'voice.json');
    const voice = new VoiceFile(file, CONFIGURED);
    voice.percent = 60;
    voice.factor = 0.87;
    await voice.save();
    const louder = new VoiceFile(file, { ...CONFIGURED, volumePercent: 90 });
    assert.deepEqual([louder.percent, louder.factor], [90, 0.87]);
    const slower = new VoiceFile(file, { ...CONFIGURED, lengthScale: 1.2 });
    assert.deepEqual([slower.percent, slower.factor], [60, 1]);
  });

  test('are followed by the speaker at once, and a mute is over after a restart', async (t) => {
    const file = path.join(temporaryFolder(t), 'voice.json');
    const voice = new VoiceFile(file, CONFIGURED);
    const gains: number[] = [];
    let others = 0;
    voice.onChange(() => gains.push(voice.gain));
    const leave = voice.onChange(() => {
      others += 1;
    });
    voice.percent = 60;
    leave();
    voice.isMuted = true;
    voice.isMuted = false;
    assert.deepEqual(gains, [volumeGain(60), 0, volumeGain(60)]);
    assert.equal(others, 1);
    voice.isMuted = true;
    await voice.save();
    assert.equal(new VoiceFile(file, CONFIGURED).gain, volumeGain(60));
  });

  for (const damaged of [
    '',
    '{',
    '[]',
    '{"volume":60,"rate":1}',
    '{"volume":{"percent":160,"configured":80},"rate":{"factor":9,"configured":null}}',
  ]) {
    test(`are as configured where there is ${damaged || 'an empty file'}`, (t) => {
      const file = path.join(temporaryFolder(t), 'voice.json');
      writeFileSync(file, damaged);
      assert.deepEqual(settingsOf(new VoiceFile(file, CONFIGURED)), { percent: 80, isMuted: false, factor: 1 });
    });
  }

  test('that cannot be written are still in force', async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(path.join(folder, 'state'), 'in the way');
    const voice = new VoiceFile(path.join(folder, 'state', 'voice.json'), CONFIGURED);
    voice.percent = 60;
    await assert.rejects(voice.save(), { code: 'EEXIST' });
    assert.equal(voice.percent, 60);
  });
});
