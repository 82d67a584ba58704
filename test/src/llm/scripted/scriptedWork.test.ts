import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Clock } from '../../../../hardware/clock.js';
import type { ChatMessage } from '../../../../src/llm/chatModel.js';
import { OllamaModel } from '../../../../src/llm/ollamaModel.js';
import { promptTokens, textTokens } from '../../../../src/llm/promptTokens.js';
import {
  type ScriptedOllama,
  type ScriptedOllamaOptions,
  startScriptedOllama,
} from '../../../../src/llm/scripted/scriptedOllama.js';
import { collectReply } from '../../../fixtures/collectReply.js';
import { SteppedClock } from '../../../fixtures/steppedClock.js';
import { WatchedClock } from '../../../fixtures/watchedClock.js';

const closing: ScriptedOllama[] = [];
after(() => Promise.all(closing.map((server) => server.close())));

const MODEL = 'kettle:1b';
const never = new AbortController().signal;

/** 100 tokens of a prompt and 10 of a reply in a second; "One two three four." to everything. */
async function start(clock: Clock, options: Partial<ScriptedOllamaOptions> = {}): Promise<ScriptedOllama> {
  const server = await startScriptedOllama({
    models: [{ name: MODEL, capabilities: ['completion'] }],
    reply: () => 'One two three four.',
    promptTokensPerSecond: 100,
    tokensPerSecond: 10,
    clock,
    ...options,
  });
  closing.push(server);
  return server;
}

const asks = (content: string): ChatMessage[] => [{ role: 'user', content }];
const length = (content: string) => promptTokens(asks(content)).length;

/** Asks, in batches of 10 tokens. */
async function chat(server: ScriptedOllama, content: string, options: object = {}, signal = never): Promise<Response> {
  const body = { model: MODEL, messages: asks(content), options: { num_batch: 10, ...options } };
  return fetch(`${server.url}/api/chat`, { method: 'POST', body: JSON.stringify(body), signal });
}

async function lastLine(response: Response): Promise<Record<string, unknown>> {
  return JSON.parse((await response.text()).trimEnd().split('\n').at(-1) ?? '');
}

/** A question of so many tokens, with what the template adds. */
function question(tokens: number): string {
  const words = `Well${' a'.repeat(tokens - length('Well'))}`;
  assert.equal(length(words), tokens);
  return words;
}

describe('the time that the scripted server takes', () => {
  it('is that of the batches of the prompt, then that of the tokens of the reply', async () => {
    const clock = new WatchedClock();
    const server = await start(clock);
    const reply = chat(server, question(25));
    for (const delayMs of [100, 100, 50, 100, 100, 100]) {
      await clock.set(delayMs);
      assert.deepEqual(clock.pendingMs, [delayMs]);
      clock.increment(delayMs);
    }
    const { prompt_eval_count, prompt_eval_duration, eval_count, eval_duration } = await lastLine(await reply);
    assert.deepEqual(
      { prompt_eval_count, prompt_eval_duration, eval_count, eval_duration },
      { prompt_eval_count: 25, prompt_eval_duration: 250e6, eval_count: 4, eval_duration: 300e6 },
    );
    assert.deepEqual(clock.pendingMs, []);
  });

  it('is that of one batch for a prompt that the batch has room for', async () => {
    const clock = new WatchedClock();
    const server = await start(clock);
    const reply = chat(server, question(25), { num_batch: 64, num_predict: 1 });
    await clock.set(250);
    clock.increment(250);
    assert.equal((await lastLine(await reply))['eval_count'], 1);
    assert.equal(clock.now(), 250);
  });

  it('includes the wait for the requests that came before', async () => {
    const clock = new SteppedClock();
    const server = await start(clock);
    const endedAtMs = async (content: string) => {
      await (await chat(server, content)).text();
      return clock.now();
    };
    const ended = await clock.run(Promise.all([endedAtMs(question(20)), endedAtMs(question(20))]));
    // Both are the same: the second evaluates its last token only.
    assert.deepEqual(
      ended.sort((a, b) => a - b).map((ms) => Math.round(ms)),
      [200 + 300, 500 + 10 + 300],
    );
  });

  it('includes loading again when a load-time option differs, and the prompt is forgotten', async () => {
    const clock = new SteppedClock();
    const server = await start(clock, { loadMs: 3_000 });
    for (const options of [{ num_ctx: 2048 }, { num_ctx: 2048 }, { num_ctx: 4096 }, { num_ctx: 4096, num_thread: 2 }]) {
      await clock.run(chat(server, question(20), options).then((response) => response.text()));
    }
    assert.deepEqual(
      server.requests.map(({ loadedModel, promptTokensEvaluated }) => [loadedModel, promptTokensEvaluated]),
      [
        [true, 20],
        [false, 1],
        [true, 20],
        [true, 20],
      ],
    );
    assert.equal(server.work.loads, 3);
  });
});

describe('the prompt cache of the scripted server', () => {
  const system: ChatMessage = { role: 'system', content: 'You are a voice assistant in a home. Be brief, please.' };

  it('leaves only the tail to evaluate when the same message has grown, as it does while the user talks', async () => {
    const clock = new SteppedClock();
    const server = await start(clock);
    const model = new OllamaModel({ url: server.url, model: MODEL, numBatch: 10 });
    const prompt = (content: string) => [system, ...asks(content)];
    const heard = ['What is', 'What is the weather', 'What is the weather like in Bergen'];
    for (const words of heard) await clock.run(model.warmUp(prompt(words), never));
    const { text } = await clock.run(
      collectReply(model.reply(prompt(`${heard.at(-1)} tomorrow?\n[Monday, 19:05]`), never)),
    );
    assert.equal(text, 'One two three four.');
    const chats = server.requests.filter(({ path }) => path === '/api/chat');
    const behind = 5; // two tokens end the message, three open the reply
    const grown = (more: string) => textTokens(more).length + behind;
    assert.deepEqual(
      chats.map(({ promptTokensEvaluated, tokensGenerated }) => [promptTokensEvaluated, tokensGenerated]),
      [
        [promptTokens(prompt('What is')).length, 1],
        [grown(' the weather'), 1],
        [grown(' like in Bergen'), 1],
        [grown(' tomorrow?\n[Monday, 19:05]'), 4],
      ],
    );
    assert.deepEqual(server.work.abortedPromptTokens, 0);
  });

  it('holds the reply as well: the next question of a conversation is all there is to evaluate', async () => {
    const clock = new SteppedClock();
    const server = await start(clock);
    const model = new OllamaModel({ url: server.url, model: MODEL });
    const first = [system, ...asks('How many?')];
    await clock.run(collectReply(model.reply(first, never)));
    const said: ChatMessage = { role: 'assistant', content: 'One two three four.' };
    const second = [...first, said, ...asks('And then?')];
    await clock.run(collectReply(model.reply(second, never)));
    assert.equal(
      server.requests.at(-1)?.promptTokensEvaluated,
      promptTokens(second).length - promptTokens(first).length - textTokens(said.content).length,
    );
  });
});

describe('a client of the scripted server that goes away', () => {
  const gone = () => new AbortController();

  it('while the prompt is evaluated keeps the slot busy to the end of the batch', async () => {
    const clock = new WatchedClock();
    const server = await start(clock);
    const client = gone();
    const left = chat(server, question(35), {}, client.signal);
    await clock.set(100);
    clock.increment(30);
    client.abort();
    await assert.rejects(left);
    await server.requests[0]?.closed;
    const next = chat(server, question(40), { num_predict: 1 });
    while (server.requests[1]?.body === undefined) await turnOfTheLoop();
    assert.deepEqual(clock.pendingMs, [100], 'the batch goes on, and the next request waits');
    clock.increment(70);
    for (let batch = 0; batch < 3; batch++) {
      await clock.set(100);
      clock.increment(100);
    }
    assert.equal((await lastLine(await next))['eval_count'], 1);
    assert.equal(clock.now(), 400, 'the batch that was begun is not evaluated again');
    assert.deepEqual(server.work, {
      promptTokens: 40,
      generatedTokens: 1,
      abortedPromptTokens: 10,
      abortedGeneratedTokens: 0,
      loads: 1,
      abortedLoads: 0,
    });
  });

  it('while the reply is generated lets go of the slot at the next token', async () => {
    const clock = new WatchedClock();
    const server = await start(clock, { promptTokensPerSecond: Number.POSITIVE_INFINITY });
    const client = gone();
    const response = await chat(server, question(10), {}, client.signal);
    await clock.set(100);
    client.abort();
    await assert.rejects(response.text());
    await server.requests[0]?.closed;
    assert.deepEqual(clock.pendingMs, [100]);
    clock.increment(100);
    await turnOfTheLoop();
    assert.deepEqual(clock.pendingMs, []);
    assert.equal(server.work.generatedTokens, 2);
    assert.equal(server.work.abortedGeneratedTokens, 2);
    assert.equal(server.requests[0]?.tokensSent, 1);
  });

  it('while the model loads takes it away from everybody: the next request loads it from the beginning', async () => {
    const clock = new WatchedClock();
    const server = await start(clock, { loadMs: 3_000, promptTokensPerSecond: Number.POSITIVE_INFINITY });
    const client = gone();
    const left = chat(server, 'Hello', {}, client.signal);
    await clock.set(3_000);
    clock.increment(2_000);
    client.abort();
    await assert.rejects(left);
    await server.requests[0]?.closed;
    const next = chat(server, 'Hello', { num_predict: 1 });
    await clock.set(3_000);
    clock.increment(3_000);
    await (await next).text();
    const { loads, abortedLoads } = server.work;
    assert.deepEqual({ loads, abortedLoads }, { loads: 1, abortedLoads: 1 });
  });

  it('while it waits for its turn costs nothing', async () => {
    const clock = new WatchedClock();
    const server = await start(clock);
    const client = gone();
    const first = chat(server, question(10), { num_predict: 1 });
    await clock.set(100);
    const left = chat(server, question(30), {}, client.signal);
    while (server.requests[1]?.body === undefined) await turnOfTheLoop();
    client.abort();
    await assert.rejects(left);
    await server.requests[1]?.closed;
    clock.increment(100);
    await (await first).text();
    assert.deepEqual(clock.pendingMs, []);
    assert.equal(server.work.promptTokens, 10);
    assert.equal(server.work.abortedPromptTokens, 0);
  });
});

it('a scripted server whose queue is full says so in the words of the real one', async () => {
  const clock = new WatchedClock();
  const server = await start(clock, { maxQueue: 0 });
  const first = chat(server, question(10), { num_predict: 1 });
  await clock.set(100);
  const second = await chat(server, 'Hello');
  assert.equal(second.status, 503);
  assert.deepEqual(await second.json(), { error: 'server busy, please try again.  maximum pending requests exceeded' });
  clock.increment(100);
  await (await first).text();
});

it('a scripted server that is closed leaves no timer, whatever it was at', async () => {
  for (const options of [{ loadMs: 500 }, { firstTokenMs: 500 }, { promptTokensPerSecond: 20 }]) {
    const clock = new WatchedClock();
    const server = await start(clock, options);
    const reply = chat(server, question(10));
    await clock.set(500);
    await server.close();
    await assert.rejects(reply);
    await turnOfTheLoop();
    assert.deepEqual(clock.pendingMs, []);
  }
});
