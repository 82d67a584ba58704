import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { promptTokens } from '../../../../src/llm/promptTokens.js';
import {
  type ScriptedOllama,
  type ScriptedOllamaOptions,
  startScriptedOllama,
} from '../../../../src/llm/scripted/scriptedOllama.js';
import { WatchedClock } from '../../../fixtures/watchedClock.js';

const closing: ScriptedOllama[] = [];
after(() => Promise.all(closing.map((server) => server.close())));

const kettle = { name: 'kettle:1b', capabilities: ['completion'] };
const hello = { model: 'kettle:1b', messages: [{ role: 'user', content: 'Hello there' }] };

async function start(options: Partial<ScriptedOllamaOptions> = {}): Promise<ScriptedOllama> {
  const server = await startScriptedOllama({ models: [kettle], reply: () => 'On it.', ...options });
  closing.push(server);
  return server;
}

const get = (server: ScriptedOllama, path: string) => fetch(server.url + path);
const post = (server: ScriptedOllama, path: string, body?: object, signal?: AbortSignal) =>
  fetch(server.url + path, {
    method: 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });

async function lines(response: Response): Promise<Record<string, unknown>[]> {
  const text = await response.text();
  assert.ok(text.endsWith('\n'));
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the scripted server', () => {
  it('answers what a client asks before it chats', async () => {
    const server = await start({ version: '0.24.0' });
    assert.equal(await (await get(server, '/')).text(), 'Ollama is running');
    assert.deepEqual(await (await get(server, '/api/version')).json(), { version: '0.24.0' });
    const tags = (await (await get(server, '/api/tags')).json()) as { models: { name: string }[] };
    assert.deepEqual(
      tags.models.map(({ name }) => name),
      ['kettle:1b'],
    );
    const shown = (await (await post(server, '/api/show', { model: 'kettle:1b' })).json()) as object;
    assert.deepEqual('capabilities' in shown && shown.capabilities, ['completion']);
    assert.equal((await get(server, '/favicon.ico')).status, 404);
  });

  it('streams one JSON object a line, the last of them with counts and durations', async () => {
    const server = await start();
    const response = await post(server, '/api/chat', hello);
    assert.equal(response.headers.get('content-type'), 'application/x-ndjson');
    const [first, second, last] = await lines(response);
    assert.deepEqual(
      { ...first, created_at: '' },
      {
        model: 'kettle:1b',
        created_at: '',
        message: { role: 'assistant', content: 'On' },
        done: false,
      },
    );
    assert.deepEqual(second?.['message'], { role: 'assistant', content: ' it.' });
    assert.deepEqual(last?.['message'], { role: 'assistant', content: '' });
    assert.equal(last?.['done_reason'], 'stop');
    assert.equal(last?.['eval_count'], 2);
    assert.equal(last?.['prompt_eval_count'], promptTokens([{ role: 'user', content: 'Hello there' }]).length);
  });

  it('sends the same reply as one object without streaming', async () => {
    const server = await start();
    const reply = (await (await post(server, '/api/chat', { ...hello, stream: false })).json()) as Record<
      string,
      unknown
    >;
    assert.deepEqual(reply['message'], { role: 'assistant', content: 'On it.' });
    assert.equal(reply['done'], true);
  });

  it('generates, too', async () => {
    const server = await start();
    const [first] = await lines(await post(server, '/api/generate', { model: 'kettle:1b', prompt: 'Hello' }));
    assert.equal(first?.['response'], 'On');
  });

  it('loads and unloads with one plain object, and lists what is loaded', async () => {
    const server = await start();
    const loaded = async () => ((await (await get(server, '/api/ps')).json()) as { models: unknown[] }).models.length;
    const load = await post(server, '/api/chat', { model: 'kettle:1b', messages: [] });
    assert.match(load.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(((await load.json()) as Record<string, unknown>)['done_reason'], 'load');
    assert.equal(await loaded(), 1);
    const unload = await post(server, '/api/chat', { model: 'kettle:1b', messages: [], keep_alive: 0 });
    assert.equal(((await unload.json()) as Record<string, unknown>)['done_reason'], 'unload');
    assert.equal(await loaded(), 0);
  });

  it('loads the model again when a load-time option differs, and only then', async () => {
    const server = await start();
    for (const options of [{ num_ctx: 2048 }, { num_ctx: 2048, temperature: 1 }, { num_ctx: 4096 }]) {
      await (await post(server, '/api/chat', { ...hello, options })).text();
    }
    assert.deepEqual(
      server.requests.map(({ loadedModel }) => loadedModel),
      [true, false, true],
    );
  });

  it('refuses in the words of the real one', async () => {
    const server = await start();
    const refusal = async (body?: object) => {
      const response = await post(server, '/api/chat', body);
      return [response.status, ((await response.json()) as { error: string }).error];
    };
    assert.deepEqual(await refusal(), [400, 'missing request body']);
    assert.deepEqual(await refusal({}), [400, 'model is required']);
    assert.deepEqual(await refusal({ ...hello, model: 'tea' }), [404, "model 'tea' not found"]);
    assert.deepEqual(await refusal({ ...hello, think: true }), [400, '"kettle:1b" does not support thinking']);
    assert.deepEqual(await refusal({ ...hello, tools: [{}] }), [
      400,
      'registry.ollama.ai/library/kettle:1b does not support tools',
    ]);
  });
});

describe('the generations of the server', () => {
  const calls = { toolCalls: [{ name: 'boil', arguments: { litres: 1 } }] };
  const withCalls = (message: unknown) => typeof message === 'object' && message !== null && 'tool_calls' in message;

  for (const [generation, where] of [
    ['runner', [true, false]],
    ['rendered', [true, false]],
    ['native', [true]],
  ] as const) {
    it(`(${generation}) put tool calls in ${where.length === 1 ? 'the last line only' : 'a line of their own'}`, async () => {
      const server = await start({ generation, reply: () => [calls] });
      const got = await lines(await post(server, '/api/chat', hello));
      assert.deepEqual(
        got.map(({ message }) => withCalls(message)),
        where,
      );
    });
  }

  for (const [generation, tokens] of [
    ['runner', 2],
    ['rendered', 2],
    ['native', 0],
  ] as const) {
    it(`(${generation}) send ${tokens} tokens of two when asked for 0`, async () => {
      const server = await start({ generation });
      const got = await lines(await post(server, '/api/chat', { ...hello, options: { num_predict: 0 } }));
      assert.equal(got.length - 1, tokens);
    });
  }

  it('count a cached prompt differently, and leave out a count of 0', async () => {
    const counts = async (generation: 'runner' | 'native') => {
      const server = await start({ generation, clock: new WatchedClock() });
      await (await post(server, '/api/chat', hello)).text();
      const last = (await lines(await post(server, '/api/chat', hello))).at(-1) ?? {};
      return { prompt: last['prompt_eval_count'], hasLoad: 'load_duration' in last };
    };
    assert.deepEqual(await counts('runner'), { prompt: 1, hasLoad: false });
    assert.deepEqual(await counts('native'), { prompt: 10, hasLoad: false });
  });

  it('think unless they are told not to', async () => {
    const server = await start({
      models: [{ name: 'kettle:1b', capabilities: ['thinking'] }],
      reply: () => [{ thinking: 'Hm.' }, { content: 'Yes.' }],
    });
    assert.equal((await lines(await post(server, '/api/chat', hello))).length, 3);
    assert.equal((await lines(await post(server, '/api/chat', { ...hello, think: false }))).length, 2);
  });
});

describe('the pace of the scripted server', () => {
  it('follows its clock: load, read, then a token at a time', async () => {
    const clock = new WatchedClock();
    const server = await start({ clock, loadMs: 3_000, firstTokenMs: 700, tokensPerSecond: 4 });
    const response = post(server, '/api/chat', hello);
    for (const delayMs of [3_000, 700, 250]) {
      await clock.set(delayMs);
      assert.deepEqual(clock.pendingMs, [delayMs]);
      clock.increment(delayMs);
    }
    const last = (await lines(await response)).at(-1) ?? {};
    assert.equal(last['load_duration'], 3_000e6);
    assert.equal(last['prompt_eval_duration'], 700e6);
    assert.equal(last['total_duration'], 3_950e6);
  });

  it('stops when the client goes away, and takes a half-loaded model with it', async () => {
    const clock = new WatchedClock();
    const server = await start({ clock, loadMs: 3_000 });
    const client = new AbortController();
    const response = post(server, '/api/chat', hello, client.signal);
    await clock.set(3_000);
    client.abort();
    await assert.rejects(response);
    const [chat] = server.requests;
    await chat?.closed;
    assert.equal(chat?.aborted, true);
    assert.equal(chat?.tokensSent, 0);
    assert.deepEqual(clock.pendingMs, []);
    assert.deepEqual(await (await get(server, '/api/ps')).json(), { models: [] });
  });
});

it('the scripted responder says what it is and how to get a real model, in three sentences that can be spoken', async () => {
  const server = await startScriptedOllama();
  closing.push(server);
  const body = { model: 'scripted', messages: hello.messages, stream: false };
  const reply = (await (await post(server, '/api/chat', body)).json()) as { message: { content: string } };
  assert.match(reply.message.content, /scripted responder.*Ollama.*pull/);
  assert.equal(reply.message.content.match(/[.] |[.]$/g)?.length, 3);
  assert.doesNotMatch(reply.message.content, /[^a-zA-Z ,.-]/);
});
