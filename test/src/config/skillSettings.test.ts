import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { ownSkillsFolder } from '../../../src/config/skillSettings.js';

const at = (folder: string) => ({ ...DEFAULT_CONFIG, skills: { folder } });

suite("the folder of the owner's skills", () => {
  test('is beside the configuration file, or where the one of the user would be', () => {
    assert.equal(ownSkillsFolder(DEFAULT_CONFIG, '/etc/pressel/config.toml', {}, '/home/x'), '/etc/pressel/skills.d');
    assert.equal(ownSkillsFolder(DEFAULT_CONFIG, null, {}, '/home/x'), '/home/x/.config/pressel/skills.d');
  });

  test('may be another one, from the file on or from the root on', () => {
    assert.equal(ownSkillsFolder(at('mine'), '/etc/pressel/config.toml', {}, '/home/x'), '/etc/pressel/mine');
    assert.equal(ownSkillsFolder(at('/srv/mine'), null, {}, '/home/x'), '/srv/mine');
  });
});
