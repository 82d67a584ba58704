import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { type ChatUsage, chatUsage } from '../../../src/llm/chatUsage.js';
import { OllamaModel } from '../../../src/llm/ollamaModel.js';
import { type ScriptedOllamaOptions, startScriptedOllama } from '../../../src/llm/scripted/scriptedOllama.js';
import { doneLine } from '../../../src/llm/scripted/scriptedWire.js';
import { collectReply } from '../../fixtures/collectReply.js';
import { type Fault, MODEL, startFaultyOllama } from '../../fixtures/faultyOllama.js';

const SYSTEM = [{ role: 'system', content: 'Be brief.' }] as const;
const QUESTION = [...SYSTEM, { role: 'user', content: 'Is the kettle on?' }] as const;
const never = new AbortController().signal;

async function serve(t: TestContext, options: Partial<ScriptedOllamaOptions> = {}, streaming = true) {
  const server = await startScriptedOllama({
    models: [{ name: 'kettle:1b', capabilities: ['completion'] }],
    reply: () => 'The kettle is on. It is hot.',
    ...options,
  });
  t.after(() => server.close());
  const told: ChatUsage[] = [];
  const onUsage = (usage: ChatUsage) => told.push(usage);
  return { server, told, model: new OllamaModel({ url: server.url, model: 'kettle:1b', streaming, onUsage }) };
}

describe('what an exchange has cost', () => {
  for (const streaming of [true, false]) {
    it(`is told at the end of a reply (streaming ${streaming})`, async (t) => {
      const { model, told } = await serve(t, {}, streaming);
      await collectReply(model.reply(QUESTION, never));
      const [usage, ...more] = told;
      assert.ok(usage);
      assert.deepEqual(more, []);
      const { promptMs, replyMs, ...counts } = usage;
      assert.deepEqual(counts, { purpose: 'reply', promptIsNew: false, promptTokens: 21, replyTokens: 7 });
      assert.ok(promptMs >= 0 && promptMs < 10_000, `${promptMs} ms`);
      assert.ok(replyMs > 0 && replyMs < 10_000, `${replyMs} ms`);
    });
  }

  it('is told of the warm-up, whose prompt is new only when the model was not in memory', async (t) => {
    const { model, told } = await serve(t);
    await model.warmUp(SYSTEM, never);
    await model.warmUp(SYSTEM, never);
    assert.deepEqual(
      told.map(({ purpose, promptIsNew, promptTokens }) => [purpose, promptIsNew, promptTokens]),
      [
        ['warmUp', true, 11],
        ['warmUp', false, 11],
      ],
    );
  });

  it('comes from a prompt that may be known when the server does not say what is in its memory', async (t) => {
    const server = createServer((request, response) => {
      request.resume();
      if (request.url !== '/api/chat') response.writeHead(404);
      response.end(request.url === '/api/chat' ? doneLine('chat', 'kettle:1b', 'stop') : '404 page not found');
    }).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const told: ChatUsage[] = [];
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const model = new OllamaModel({ url, model: 'kettle:1b', onUsage: (usage) => told.push(usage) });
    await model.warmUp(SYSTEM, never);
    assert.deepEqual(
      told.map(({ purpose, promptIsNew }) => [purpose, promptIsNew]),
      [['warmUp', false]],
    );
  });

  it('is not told of a reply that is left, or aborted, before its end', async (t) => {
    const { model, told } = await serve(t);
    for await (const _token of model.reply(QUESTION, never)) break;
    const turn = new AbortController();
    await assert.rejects(async () => {
      for await (const _token of model.reply(QUESTION, turn.signal)) turn.abort(new Error('barge-in'));
    }, /barge-in/);
    assert.deepEqual(told, []);
  });

  for (const fault of ['endsWithoutDone', 'errorLineMidStream', 'diesMidStream'] satisfies Fault[]) {
    it(`is not told of a reply that fails: ${fault}`, async () => {
      const server = await startFaultyOllama(fault);
      try {
        const told: ChatUsage[] = [];
        const model = new OllamaModel({ url: server.url, model: MODEL, onUsage: (usage) => told.push(usage) });
        assert.notEqual((await collectReply(model.reply(QUESTION, never))).error, undefined);
        assert.deepEqual(told, []);
      } finally {
        await server.close();
      }
    });
  }

  it('is not asked for where nobody wants to know', async (t) => {
    const { server } = await serve(t);
    await new OllamaModel({ url: server.url, model: 'kettle:1b' }).warmUp(SYSTEM, never);
    assert.ok(!server.requests.some(({ path }) => path === '/api/ps'));
  });

  it('is 0 where the server leaves it out or sends nonsense', () => {
    const nonsense = {
      prompt_eval_count: -1,
      prompt_eval_duration: Number.NaN,
      eval_duration: '5' as unknown as number,
    };
    const nothing = { promptTokens: 0, promptMs: 0, replyTokens: 0, replyMs: 0 };
    const occasion = { purpose: 'reply', promptIsNew: false } as const;
    assert.deepEqual(chatUsage({}, occasion), { ...occasion, ...nothing });
    assert.deepEqual(chatUsage(nonsense, occasion), { ...occasion, ...nothing });
    const sent = {
      prompt_eval_count: 26,
      prompt_eval_duration: 130_079_000,
      eval_count: 259,
      eval_duration: 4_232_710_000,
    };
    assert.deepEqual(chatUsage(sent, occasion), {
      ...occasion,
      promptTokens: 26,
      promptMs: 130.079,
      replyTokens: 259,
      replyMs: 4_232.71,
    });
  });
});
