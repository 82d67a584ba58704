import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { ChatMessage } from '../../../src/llm/chatModel.js';
import { OllamaModel } from '../../../src/llm/ollamaModel.js';
import { type ScriptedOllamaOptions, startScriptedOllama } from '../../../src/llm/scripted/scriptedOllama.js';
import type { WireGeneration } from '../../../src/llm/scripted/scriptedWire.js';
import { collectReply, reasonOf } from '../../fixtures/collectReply.js';

const QUESTION: readonly ChatMessage[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Is the kettle on?' },
];
const GENERATIONS: readonly WireGeneration[] = ['runner', 'rendered', 'native'];
const never = new AbortController().signal;
const closing: (() => Promise<void>)[] = [];
after(() => Promise.all(closing.map((close) => close())));

async function serve(options: Partial<ScriptedOllamaOptions> = {}) {
  const server = await startScriptedOllama({
    models: [{ name: 'kettle:1b', capabilities: ['completion'] }],
    reply: () => 'The kettle is on. It is hot.',
    ...options,
  });
  closing.push(server.close);
  const bodies = () =>
    server.requests.filter(({ path }) => path === '/api/chat').map(({ body }) => body as Record<string, unknown>);
  return { server, bodies, url: server.url, model: new OllamaModel({ url: server.url, model: 'kettle:1b' }) };
}

describe('a reply', () => {
  for (const generation of GENERATIONS) {
    it(`comes token by token from a ${generation} server`, async () => {
      const { model } = await serve({ generation });
      const { pieces, error } = await collectReply(model.reply(QUESTION, never));
      assert.equal(error, undefined);
      assert.deepEqual(pieces, ['The', ' kettle', ' is', ' on.', ' It', ' is', ' hot.']);
    });

    it(`comes whole from a ${generation} server when streaming is off`, async () => {
      const { url, bodies } = await serve({ generation });
      const model = new OllamaModel({ url, model: 'kettle:1b', streaming: false });
      const { pieces, error } = await collectReply(model.reply(QUESTION, never));
      assert.equal(error, undefined);
      assert.deepEqual(pieces, ['The kettle is on. It is hot.']);
      assert.equal(bodies()[0]?.['stream'], false);
    });

    it(`of nothing but tool calls from a ${generation} server is an empty reply`, async () => {
      const { model } = await serve({
        generation,
        reply: () => [{ toolCalls: [{ name: 'boil', arguments: { litres: 1 } }] }],
      });
      assert.deepEqual(await collectReply(model.reply(QUESTION, never)), { text: '', pieces: [], error: undefined });
    });
  }

  it('that an old server breaks off for repeating itself is incomplete, and what came stays', async () => {
    const { model } = await serve({ generation: 'rendered', reply: () => 'no '.repeat(99).trim() });
    const { text, error } = await collectReply(model.reply(QUESTION, never));
    assert.equal(reasonOf(error), 'incomplete');
    assert.match(text, /^no( no)+$/);
  });

  it('is asked for with the messages as they are, and leaves them alone', async () => {
    const { model, bodies } = await serve();
    const messages = Object.freeze(QUESTION.map((message) => Object.freeze({ ...message })));
    await collectReply(model.reply(messages, never));
    assert.deepEqual(bodies()[0]?.['messages'], QUESTION);
  });

  it('is not asked for before somebody reads it', async () => {
    const { model, server } = await serve();
    model.reply(QUESTION, never);
    assert.equal(server.requests.length, 0);
  });

  it('comes from an address without a scheme and with a slash at its end', async () => {
    const { url } = await serve();
    const model = new OllamaModel({ url: `${url.replace('http://', '')}/`, model: 'kettle:1b' });
    assert.equal((await collectReply(model.reply(QUESTION, never))).error, undefined);
  });
});

describe('warming up', () => {
  it('loads the model once for all replies: the load-time options are the same', async () => {
    const { model, bodies, server } = await serve();
    await model.warmUp(QUESTION.slice(0, 1), never);
    await collectReply(model.reply(QUESTION, never));
    await collectReply(model.reply(QUESTION, never));
    const [warm, ...chats] = bodies();
    const options = { num_ctx: 2048, num_batch: 64, temperature: 0.6 };
    assert.deepEqual(warm?.['options'], { ...options, num_predict: 1 });
    for (const chat of chats) {
      assert.deepEqual(chat['options'], { ...options, num_predict: 256 });
      const { messages: _chat, options: _chatOptions, ...rest } = chat;
      const { messages: _warm, options: _warmOptions, ...warmRest } = warm ?? {};
      assert.deepEqual(rest, warmRest);
    }
    assert.deepEqual(
      server.requests.filter(({ path }) => path === '/api/chat').map(({ loadedModel }) => loadedModel),
      [true, false, false],
    );
  });

  it('asks for one token, and to keep the model for ever', async () => {
    const { model, bodies, server } = await serve({ generation: 'runner' });
    await model.warmUp(QUESTION.slice(0, 1), never);
    assert.equal(bodies()[0]?.['keep_alive'], -1);
    assert.equal(server.requests.at(-1)?.tokensSent, 1);
  });

  it('without a prompt only loads the model', async () => {
    const { model, server } = await serve();
    await model.warmUp([], never);
    assert.equal(server.requests.at(-1)?.loadedModel, true);
  });
});

describe('a model that can think', () => {
  const thinker = { models: [{ name: 'kettle:1b', capabilities: ['completion', 'thinking'] }] };

  it('is told not to, and is asked once whether it can', async () => {
    const { model, bodies, server } = await serve(thinker);
    await collectReply(model.reply(QUESTION, never));
    await collectReply(model.reply(QUESTION, never));
    assert.deepEqual(
      bodies().map((body) => body['think']),
      [false, false],
    );
    assert.equal(server.requests.filter(({ path }) => path === '/api/show').length, 1);
  });

  it('is asked again when it is warmed up, for it may be another one under the same name', async () => {
    const { model, server } = await serve(thinker);
    await collectReply(model.reply(QUESTION, never));
    await model.warmUp(QUESTION.slice(0, 1), never);
    assert.equal(server.requests.filter(({ path }) => path === '/api/show').length, 2);
  });

  it('is the only one to be told', async () => {
    const { model, bodies } = await serve();
    await collectReply(model.reply(QUESTION, never));
    assert.ok(!('think' in (bodies()[0] ?? {})));
  });
});

describe('probing', () => {
  it('finds the server and its model', async () => {
    const { model } = await serve({ version: '0.31.2' });
    assert.deepEqual(await model.probe(never), { ready: true, version: '0.31.2' });
  });

  it('takes a name without a tag for the latest', async () => {
    const { url } = await serve({ models: [{ name: 'llama3.2:latest', capabilities: [] }] });
    assert.equal((await new OllamaModel({ url, model: 'llama3.2' }).probe(never)).ready, true);
    assert.equal((await new OllamaModel({ url, model: 'llama3.2:1b' }).probe(never)).ready, false);
  });

  it('says how to get a model that is not there', async () => {
    const { url } = await serve();
    const status = await new OllamaModel({ url, model: 'tea:2b' }).probe(never);
    assert.ok(!status.ready);
    assert.equal(status.reason, 'notFound');
    assert.match(status.message, /ollama pull tea:2b/);
  });

  it('throws only the reason of an abort', async () => {
    const { model } = await serve();
    const reason = new Error('enough');
    await assert.rejects(model.probe(AbortSignal.abort(reason)), reason);
  });
});

it('a model with an address that is none is refused at once', () => {
  assert.throws(() => new OllamaModel({ url: 'gopher://pi.local' }), TypeError);
});
