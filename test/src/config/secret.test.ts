import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readSecret } from '../../../src/config/secret.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const variable = 'MQTT_PASSWORD';

describe('A secret', () => {
  it('stands in a file of its own, else in the environment, else nowhere', (test) => {
    const file = path.join(temporaryFolder(test), 'password');
    writeFileSync(file, 'sword fish\n');
    const env = { [variable]: 'other' };
    assert.equal(readSecret({ file, variable, env }), 'sword fish');
    assert.equal(readSecret({ file: '', variable, env }), 'other');
    assert.equal(readSecret({ file: '', variable, env: {} }), undefined);
    assert.equal(readSecret({ file: '', variable, env: { [variable]: '' } }), undefined);
  });

  it('is not part of what is said about a file that holds none', (test) => {
    const file = path.join(temporaryFolder(test), 'password');
    for (const wrong of ['', ' \n', 'swordfish\nsecond', 'swordfish'.repeat(1000)]) {
      writeFileSync(file, wrong);
      assert.throws(
        () => readSecret({ file, variable, env: {} }),
        (error: Error) => error.message.includes(file) && !error.message.includes('swordfish'),
      );
    }
    assert.throws(() => readSecret({ file: path.dirname(file), variable, env: {} }), /cannot be read \(EISDIR\)/);
    assert.throws(() => readSecret({ file: `${file}.none`, variable, env: {} }), /cannot be read \(ENOENT\)/);
  });
});
