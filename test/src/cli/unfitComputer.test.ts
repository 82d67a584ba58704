import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { MINIMUM_NODE, whyUnfit } from '../../../src/cli/unfitComputer.js';
import { checkoutRoot } from '../../fixtures/shared.js';

suite('before anything is loaded, the program', () => {
  for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.1.0-nightly']) {
    test(`runs on Node ${version}`, () => assert.equal(whyUnfit(version, 'arm64'), undefined));
  }
  for (const version of ['20.18.3', '20.9.0', '18.20.8', '8.0.0']) {
    test(`refuses Node ${version} and says what to do`, () => {
      assert.match(whyUnfit(version, 'x64') ?? '', /Node\.js .* is too old: it must be 20\.19\.0.*install\.sh/);
    });
  }
  for (const arch of ['arm', 'ia32']) {
    test(`refuses a 32-bit system (${arch}) with the reason`, () => {
      assert.match(whyUnfit('20.20.0', arch) ?? '', /32-bit.*speech models.*64-bit/);
    });
  }

  test('asks for what its package asks for', () => {
    const { engines } = JSON.parse(readFileSync(path.join(checkoutRoot(), 'package.json'), 'utf8'));
    assert.equal(`${engines.node}.0`, `>=${MINIMUM_NODE}`);
  });

  test('imports nothing else, and writes nothing that an old Node cannot read', () => {
    const built = (name: string) => readFileSync(path.join(checkoutRoot(), 'dist', 'src', 'cli', name), 'utf8');
    const imports = (text: string) => [...text.matchAll(/^import .*/gm)].map(([line]) => line);
    assert.deepEqual(imports(built('main.js')), ["import { whyUnfit } from './unfitComputer.js';"]);
    assert.deepEqual(imports(built('unfitComputer.js')), []);
    assert.doesNotMatch(built('main.js') + built('unfitComputer.js'), /\?\?|\?\.|\|\|=/);
  });
});
