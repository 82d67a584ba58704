import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { openWav } from '../../hardware/audio/wavReader.js';
import { askTurn } from '../../src/cli/askTurn.js';
import { loadConfig } from '../../src/config/loadConfig.js';
import type { ChatMessage } from '../../src/llm/chatModel.js';
import { type ScriptedOllamaOptions, startScriptedOllama } from '../../src/llm/scripted/scriptedOllama.js';
import { type ScriptedToken, tokensOf } from '../../src/llm/scripted/scriptedWire.js';
import { modelFolder } from '../../src/models/modelFolder.js';
import { ASKED, boil, kettle } from '../fixtures/kettle.js';
import { recordedIo } from '../fixtures/recordedIo.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const MODEL = 'caller:1b';
const CALL: ScriptedToken = { toolCalls: [{ name: 'kettle', arguments: { litres: 0.5 } }] };
const SENTENCES =
  'The kettle is on, and it holds half a litre. Your tea is ready in 3 minutes, at about 19:05. Enjoy it!';

type Flags = Readonly<Record<string, string | boolean>>;

/** One `ask` with a kettle that only the model can reach; the model's script is given by how many answers it has had. */
async function ask(
  t: TestContext,
  rounds: readonly (string | readonly ScriptedToken[])[],
  { flags = {}, server = {} }: { flags?: Flags; server?: Partial<ScriptedOllamaOptions> } = {},
) {
  const results = (messages: readonly ChatMessage[]) => messages.filter(({ role }) => role === 'tool').length;
  const ollama = await startScriptedOllama({
    models: [{ name: MODEL, capabilities: ['completion', 'tools'] }],
    reply: (messages) => rounds[results(messages)] ?? '',
    ...server,
  });
  t.after(() => ollama.close());
  const home = await temporaryFolder(t);
  const env = { PRESSEL_MODELS: modelFolder(process.env, homedir()) };
  const given = { 'llm.url': ollama.url, 'llm.model': MODEL, ...flags };
  const { config } = await loadConfig({ file: undefined, flags: given, env, home });
  const { skill, ran } = kettle();
  const out = path.join(home, 'reply.wav');
  const { record } = await askTurn(recordedIo(env, home), config, {
    question: ASKED,
    out,
    fast: true,
    quiet: true,
    tools: [skill],
  });
  const sound = record.chunks.length > 0 ? await openWav(out) : undefined;
  const chats = ollama.requests
    .filter(({ path }) => path === '/api/chat')
    .map(({ body }) => body as { tools?: unknown });
  return { record, ran, sound, chats, said: record.chunks.join(' ') };
}

suite('a question whose answer needs a skill that only the model can reach', () => {
  for (const generation of ['runner', 'rendered', 'native'] as const) {
    test(`(${generation}) is answered by the model, which has used it`, async (t) => {
      const { record, ran, said, sound } = await ask(t, [[CALL], 'The kettle is on.'], { server: { generation } });
      assert.deepEqual(ran, [{ litres: 0.5 }]);
      assert.deepEqual([record.route, record.tools, said], ['llm', ['kettle'], 'The kettle is on.']);
      assert.ok(sound, 'and it can be heard');
    });
  }

  test('is answered by a model that writes its call as text, of which nothing is spoken', async (t) => {
    const written = '{"name": "kettle", "parameters": {"litres": 0.5}}';
    const { ran, said } = await ask(t, [written, 'The kettle is on.']);
    assert.deepEqual([ran, said], [[{ litres: 0.5 }], 'The kettle is on.']);
  });

  test('is answered though the model calls wrongly at first', async (t) => {
    const wrong = [{ toolCalls: [boil({ litres: 'much' }) as { name: string; arguments: Record<string, unknown> }] }];
    const { ran, said } = await ask(t, [wrong, [CALL], 'The kettle is on.']);
    assert.deepEqual([ran, said], [[{ litres: 0.5 }], 'The kettle is on.']);
  });

  test('is answered by the tool itself when the model calls without end', async (t) => {
    const { ran, said, chats } = await ask(t, [[CALL], [CALL], [CALL], [CALL]]);
    assert.deepEqual(
      [ran.length, said, chats.length],
      [1, 'It boils.', 1 + 2],
      'the warm-up, the call, and the same again',
    );
  });

  test('goes to the model alone where tools are off, or the model has none', async (t) => {
    const off = await ask(t, ['I cannot.'], { flags: { 'llm.tools': 'off' } });
    const none = await ask(t, ['I cannot.'], { server: { models: [{ name: MODEL, capabilities: ['completion'] }] } });
    for (const { said, chats } of [off, none]) {
      assert.equal(said, 'I cannot.');
      assert.deepEqual(chats.at(-1)?.tools, undefined);
    }
  });
});

suite('a reply that comes whole', () => {
  const whole = { 'llm.streaming': false };

  test('is spoken in the same words as one that is streamed', async (t) => {
    const streamed = await ask(t, [SENTENCES]);
    const [atOnce, oneChunk] = [await ask(t, [SENTENCES], { flags: whole }), await ask(t, [[{ content: SENTENCES }]])];
    assert.match(streamed.said, /^The kettle is on, .*Enjoy it!$/);
    assert.equal(atOnce.said, streamed.said);
    assert.equal(oneChunk.said, streamed.said);
    assert.equal(atOnce.record.heard, streamed.record.heard);
  });

  test('is so after a tool, and before one', async (t) => {
    const rounds = [[...tokensOf('Let me see.'), CALL], SENTENCES];
    const streamed = await ask(t, rounds);
    const atOnce = await ask(t, rounds, { flags: whole });
    const refused = await ask(t, rounds, {
      server: {
        onChat: (served) => {
          if ((served.body as { stream: boolean }).stream)
            served.json(400, { error: 'streaming is not supported with tools' });
          return (served.body as { stream: boolean }).stream;
        },
      },
    });
    assert.match(streamed.said, /^Let me see\. The kettle is on/);
    for (const { said, ran } of [atOnce, refused]) assert.deepEqual([said, ran.length], [streamed.said, 1]);
  });
});
