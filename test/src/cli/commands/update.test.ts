import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { updateCommand } from '../../../../src/cli/commands/update.js';
import { recordedIo } from '../../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

suite('pressel update', () => {
  for (const way of ['--rollback', '--resume']) {
    test(`${way} does not ask whether the configuration is right`, async (t) => {
      const home = temporaryFolder(t);
      const file = path.join(home, 'broken.toml');
      writeFileSync(file, '[llm\n');
      const run = updateCommand(recordedIo({}, home)).parseAsync([way, '--config', file], { from: 'user' });
      // Of a checkout there is no other version; nothing before that has failed.
      await assert.rejects(run, { name: 'UpdateError', reason: 'notOurs' });
    });
  }
});
