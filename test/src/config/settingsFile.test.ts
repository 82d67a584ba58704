import assert from 'node:assert/strict';
import { existsSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { ConfigError } from '../../../src/config/configError.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { SettingsFile, SettingsFileError } from '../../../src/config/settingsFile.js';
import { mountMissing, SmallDisk } from '../../fixtures/smallDisk.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

suite('the settings file', () => {
  test('is made with what it is for, and what each of its settings means', async (t) => {
    const file = new SettingsFile(path.join(temporaryFolder(t), 'new', 'config.toml'));
    assert.equal(await file.isBegunBySetup(), true);
    assert.equal(await file.set({ 'llm.model': 'gemma3:1b', 'audio.volume': 60, board: 'whisplay' }), true);
    const text = readFileSync(file.path, 'utf8');
    assert.match(text, /^# The configuration of Pressel, begun by "pressel setup"[\s\S]*\nboard = "whisplay"\n/);
    assert.match(text, /\n# The chat model\.[\s\S]*\nmodel = "gemma3:1b"\n/);
    assert.match(text, /\n# Loudness of the speaker[^\n]*\nvolume = 60\n/);
    const { config, board } = await loadConfig({ file: file.path, env: {}, home: '/' });
    assert.deepEqual([config.llm.model, config.audio.volume, board.name], ['gemma3:1b', 60, 'whisplay']);
    assert.equal(await file.isBegunBySetup(), true);
    assert.equal(await file.set({ 'llm.model': 'gemma3:1b' }), false);
  });

  test('that a person has written keeps every byte of it but the value', async (t) => {
    const file = new SettingsFile(path.join(temporaryFolder(t), 'config.toml'));
    const mine = '# hands off\n\n[llm]\n  model   = "a"   # the small one\n\n[tts]\nvoice="flite:slt"\n';
    writeFileSync(file.path, mine, { mode: 0o600 });
    await file.set({ 'llm.model': 'b' });
    assert.equal(readFileSync(file.path, 'utf8'), mine.replace('"a"', '"b"'));
    assert.equal(statSync(file.path).mode & 0o777, 0o600);
    assert.equal(await file.isBegunBySetup(), false);
  });

  test('with an error is left as it is, and its line is told', async (t) => {
    const file = new SettingsFile(path.join(temporaryFolder(t), 'config.toml'));
    for (const bad of ['[llm]\nmodle = "a"\n', '[llm]\n\nmodel = \n', '[llm]\nmodel = "a"\nmodel = "b"\n']) {
      writeFileSync(file.path, bad);
      await assert.rejects(
        file.set({ 'tts.voice': 'flite:slt' }),
        (error) => error instanceof ConfigError && /config\.toml:\d/.test(error.message),
      );
      assert.equal(readFileSync(file.path, 'utf8'), bad);
    }
  });

  test('never gets a value that the program would refuse', async (t) => {
    const file = new SettingsFile(path.join(temporaryFolder(t), 'config.toml'));
    await assert.rejects(file.set({ 'audio.volume': 900 }), /audio\.volume: expected a whole number from 0 to 100/);
    assert.equal(existsSync(file.path), false);
  });

  test('that is a link elsewhere stays one', async (t) => {
    const folder = temporaryFolder(t);
    const target = path.join(folder, 'dotfiles.toml');
    writeFileSync(target, '[llm]\nmodel = "a"\n');
    const file = new SettingsFile(path.join(folder, 'config.toml'));
    symlinkSync(target, file.path);
    await file.set({ 'llm.model': 'b' });
    assert.ok(lstatSync(file.path).isSymbolicLink());
    assert.equal(readFileSync(target, 'utf8'), '[llm]\nmodel = "b"\n');
  });

  test('says what to do about a full disk and one that may not be written', { skip: mountMissing() }, async (t) => {
    const disk = SmallDisk.mount(t);
    const file = new SettingsFile(path.join(disk.folder, 'config.toml'));
    await file.set({ 'llm.model': 'a' });
    const before = readFileSync(file.path, 'utf8');
    disk.fill();
    await assert.rejects(
      file.set({ 'llm.model': 'b' }),
      (error) => error instanceof SettingsFileError && /full \(ENOSPC\)\. Free some space/.test(error.message),
    );
    disk.makeReadOnly();
    await assert.rejects(file.demandWritable(), /read-only \(EROFS\).*raspi-config/);
    await assert.rejects(file.set({ 'llm.model': 'b' }), /read-only \(EROFS\)/);
    assert.equal(readFileSync(file.path, 'utf8'), before);
  });
});
