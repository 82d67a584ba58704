import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { suite, type TestContext, test } from 'node:test';
import { run } from '../../../../src/cli/program.js';
import { recordedIo } from '../../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const TEA = `export default { name: 'tea', description: 'Makes tea.', patterns: ['make tea'], run: () => 'Tea.' };`;

/** Routes utterances where the owner has these files in `skills.d`. */
async function routed(t: TestContext, files: Readonly<Record<string, string>>, utterances: string) {
  const home = temporaryFolder(t);
  const folder = path.join(home, 'skills.d');
  mkdirSync(folder, { mode: 0o755 });
  for (const [name, source] of Object.entries(files)) writeFileSync(path.join(folder, name), source, { mode: 0o644 });
  const config = path.join(home, 'config.toml');
  writeFileSync(config, '[assistant]\nname = "Jeeves"\n');
  const stdin = new PassThrough();
  stdin.end(utterances);
  const io = { ...recordedIo({}, home), stdin };
  assert.equal(await run(['route', '--json', '--config', config], io), 0, io.err());
  const routes = io
    .out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).route);
  return { routes, err: io.err() };
}

suite('pressel route', () => {
  test("asks the owner's skills after the built-in ones, and knows what the assistant is called", async (t) => {
    const { routes, err } = await routed(t, { 'tea.mjs': TEA }, 'Jeeves, make tea!\nWhat time is it?\nMake coffee.\n');
    assert.deepEqual([routes, err], [['intent:tea', 'intent:time', 'llm'], '']);
  });

  test('tells what of them does not work', async (t) => {
    const server = '[mcp.house]\ncommand = ["/bin/sh", "-c", "echo started >&2; sleep 1000"]';
    const { routes, err } = await routed(t, { 'bad.mjs': 'export', 'house.toml': server }, 'Make tea.\n');
    assert.deepEqual(routes, ['llm']);
    assert.match(err, /bad\.mjs.* is no valid JavaScript module/);
    assert.doesNotMatch(err, /started/);
  });
});
