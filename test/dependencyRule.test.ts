import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checkoutRoot } from './fixtures/shared.js';

/** What the project's linter says of `code` if it stood in `file`. */
function lint(file: string, code: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pressel-test-'));
  try {
    copyFileSync(path.join(checkoutRoot(), 'biome.json'), path.join(folder, 'biome.json'));
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), code);
    const biome = path.join(checkoutRoot(), 'node_modules', '.bin', 'biome');
    const { stdout, stderr } = spawnSync(biome, ['lint', file], { cwd: folder, encoding: 'utf8' });
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
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
