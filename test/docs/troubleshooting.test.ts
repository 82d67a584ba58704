import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { run } from '../../src/cli/program.js';
import { recordedIo } from '../fixtures/recordedIo.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

/** "| `system` | computer, Node, ... |" of the guide's table of checks. */
const GROUP_ROW = /^\| `([a-z]+)` \| (.*) \|$/gm;

suite('the guide to troubleshooting', () => {
  test('names the checks of the doctor, by their groups', async (t) => {
    const guide = readFileSync(path.join(checkoutRoot(), 'docs', 'troubleshooting.md'), 'utf8');
    const named = [...guide.matchAll(GROUP_ROW)].flatMap(([, group, names = '']) =>
      names.split(', ').map((name) => `${group}: ${name}`),
    );
    const home = temporaryFolder(t);
    const env = { XDG_RUNTIME_DIR: home, PRESSEL_LLM_URL: 'http://127.0.0.1:9', PRESSEL_AUDIO_DRIVER: 'null' };
    const io = recordedIo(env, home);
    await run(['doctor', '--json'], io);
    const { checks } = JSON.parse(io.out()) as { readonly checks: readonly { group: string; name: string }[] };
    assert.deepEqual(
      named,
      checks.map(({ group, name }) => `${group}: ${name}`),
    );
  });
});
