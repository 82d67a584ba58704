import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ChatMessage } from '../../../src/llm/chatModel.js';
import { OllamaModel } from '../../../src/llm/ollamaModel.js';
import { promptTokens } from '../../../src/llm/promptTokens.js';
import { startScriptedOllama } from '../../../src/llm/scripted/scriptedOllama.js';
import { collectReply } from '../../fixtures/collectReply.js';

const MODEL = 'kettle:1b';
const never = new AbortController().signal;
const SYSTEM: ChatMessage = { role: 'system', content: 'You are a voice assistant.' };
const asks = (content: string): ChatMessage[] => [SYSTEM, { role: 'user', content }];

async function serve(t: TestContext) {
  const server = await startScriptedOllama({
    models: [{ name: MODEL, capabilities: ['completion'] }],
    reply: () => 'Here it is.',
  });
  t.after(() => server.close());
  const chats = () => server.requests.filter(({ path }) => path === '/api/chat');
  return { server, chats, model: new OllamaModel({ url: server.url, model: MODEL }) };
}

describe('a prompt that is read ahead', () => {
  it('costs one token, with the very options of the reply otherwise, and leaves only its tail to be read', async (t) => {
    const { server, chats, model } = await serve(t);
    await model.warmUp([SYSTEM], never);
    await model.prefill(asks('turn on the living'), never);
    const before = server.work.promptTokens;
    await collectReply(model.reply(asks('turn on the living room lamp'), never));
    const [, ahead, reply] = chats().map(({ body }) => body as { options: { num_predict: number } });
    assert.equal(ahead?.options.num_predict, 1);
    assert.deepEqual({ ...ahead?.options, num_predict: 0 }, { ...reply?.options, num_predict: 0 });
    const whole = promptTokens(asks('turn on the living room lamp')).length;
    const known = promptTokens(asks('turn on the living')).length - 5; // what closes the message, and opens the next
    assert.equal(server.work.promptTokens - before, whole - known);
    assert.equal(server.work.loads, 1);
  });

  it('is not asked for while the model may still have to be loaded', async (t) => {
    const { chats, model } = await serve(t);
    await model.prefill(asks('turn on'), never);
    assert.equal(chats().length, 0);
    await model.warmUp([SYSTEM], never);
    await model.prefill(asks('turn on'), never);
    assert.equal(chats().length, 2);
  });
});
