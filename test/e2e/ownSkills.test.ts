import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { askTurn } from '../../src/cli/askTurn.js';
import { loadConfig } from '../../src/config/loadConfig.js';
import type { ChatMessage } from '../../src/llm/chatModel.js';
import { startScriptedOllama } from '../../src/llm/scripted/scriptedOllama.js';
import type { ScriptedToken } from '../../src/llm/scripted/scriptedWire.js';
import { MODELS, pressel } from '../fixtures/pressel.js';
import { recordedIo } from '../fixtures/recordedIo.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const MODEL = 'caller:1b';
const SERVER = fileURLToPath(new URL('../fixtures/mcpServer.js', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../../../deploy/skills.d', import.meta.url));

/** One `ask` with the examples and a server of tools in `skills.d`; the model calls something, and says what it was told. */
async function ask(t: TestContext, question: string, call: { name: string; arguments: Record<string, unknown> }) {
  const told = (messages: readonly ChatMessage[]) => messages.find(({ role }) => role === 'tool')?.content;
  const toolCall: readonly ScriptedToken[] = [{ toolCalls: [call] }];
  const ollama = await startScriptedOllama({
    models: [{ name: MODEL, capabilities: ['completion', 'tools'] }],
    reply: (messages) => told(messages) ?? toolCall,
  });
  t.after(() => ollama.close());
  const home = temporaryFolder(t);
  const folder = path.join(home, 'skills.d');
  mkdirSync(folder, { mode: 0o755 });
  for (const name of ['days-until.mjs', 'load.toml']) copyFileSync(path.join(EXAMPLES, name), path.join(folder, name));
  const server = `[mcp.house]\ncommand = ${JSON.stringify([process.execPath, SERVER, 'good'])}\n`;
  writeFileSync(path.join(folder, 'house.toml'), server, { mode: 0o644 });
  const file = path.join(home, 'config.toml');
  writeFileSync(file, `[llm]\nurl = "${ollama.url}"\nmodel = "${MODEL}"\n`);
  const env = { PRESSEL_MODELS: MODELS, PATH: process.env['PATH'] };
  const { config } = await loadConfig({ file, env, home });
  const io = recordedIo(env, home);
  const out = path.join(home, 'reply.wav');
  const { record } = await askTurn(io, config, { question, out, fast: true, quiet: true, configFile: file });
  return { route: record.route, tools: record.tools, said: record.chunks.join(' ') };
}

suite("the owner's skills in a question", () => {
  test('that a module understands are answered without the model', async (t) => {
    const { route, said } = await ask(t, 'How many days until Christmas?', { name: 'none', arguments: {} });
    assert.equal(route, 'intent:days-until');
    assert.match(said, /day/);
  });

  test('that a module does not understand are answered by the model, which has called it', async (t) => {
    const call = { name: 'days-until', arguments: { feast: 'halloween' } };
    const { tools, said } = await ask(t, 'Is halloween still many days away, or is it nearly there?', call);
    assert.deepEqual(tools, ['days-until']);
    assert.match(said, /day/);
  });

  test('that are for a server of tools are answered by the model, which has called it', async (t) => {
    const call = { name: 'house_greet', arguments: { name: 'Ada' } };
    const { tools, said } = await ask(t, 'Let the house greet my friend Ada.', call);
    assert.deepEqual([tools, said], [['house_greet'], 'Hello, Ada!']);
  });
});

suite("an owner's module that goes on by itself", () => {
  test('does not keep a command from ending', async (t) => {
    const folder = temporaryFolder(t);
    const module = "setInterval(() => {}, 1000);\nexport default { name: 'goes-on', phrases: [], run: () => 'yes' };\n";
    writeFileSync(path.join(folder, 'goes-on.mjs'), module, { mode: 0o644 });
    const args = ['doctor', '--group', 'skills', '--json'];
    const { code, stdout } = await pressel(t, args, { env: { PRESSEL_SKILLS_FOLDER: folder }, hangMs: 15_000 });
    const { checks, verdict } = JSON.parse(stdout);
    assert.match(checks[0].reason, new RegExp(`in ${folder}`));
    assert.equal(code, verdict === 'ok' ? 0 : 1);
  });
});
