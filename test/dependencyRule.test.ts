import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checkoutRoot } from './fixtures/shared.js';

function lint(file: string, code: string): string {
  const biome = path.join(checkoutRoot(), 'node_modules', '.bin', 'biome');
  const { stdout, stderr } = spawnSync(biome, ['lint', `--stdin-file-path=${file}`], {
    cwd: checkoutRoot(),
    input: code,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

describe('the rule of dependencies', () => {
  const forbidden = [
    ['machines/planted.ts', '../src/turn/listen.js'],
    ['machines/planted.ts', '../hardware/clock.js'],
    ['machines/planted.ts', 'node:fs'],
    ['hardware/planted.ts', '../src/turn/listen.js'],
    ['hardware/audio/planted.ts', '../../machines/assistant.js'],
    ['src/cli/planted.ts', '../../test/fixtures/shared.js'],
  ] as const;
  for (const [file, imported] of forbidden) {
    it(`keeps ${imported} out of ${path.dirname(file)}/`, () => {
      assert.match(lint(file, `import * as planted from '${imported}';\nexport { planted };\n`), /noRestrictedImports/);
    });
  }

  const allowed = [
    ['src/planted.ts', '../machines/assistant.js'],
    ['src/planted.ts', '../hardware/clock.js'],
    ['machines/planted.ts', './assistantEvents.js'],
  ] as const;
  for (const [file, imported] of allowed) {
    it(`lets ${path.dirname(file)}/ import ${imported}`, () => {
      const said = lint(file, `import * as planted from '${imported}';\nexport { planted };\n`);
      assert.doesNotMatch(said, /noRestrictedImports/);
    });
  }
});
