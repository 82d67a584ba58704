import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { packageFile } from '../../src/cli/packageFile.js';
import { loadConfig } from '../../src/config/loadConfig.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

test('the sample configuration is valid, and so is every line of it that is commented out', async (t) => {
  const sample = readFileSync(packageFile('deploy/config.toml'), 'utf8');
  const file = path.join(temporaryFolder(t), 'config.toml');
  for (const text of [sample, sample.replace(/^# (?=\w+ = )/gm, '')]) {
    writeFileSync(file, text);
    const { config } = await loadConfig({ file, env: {}, home: '/' });
    assert.equal(config.models.folder, '/var/lib/pressel/models');
  }
});
