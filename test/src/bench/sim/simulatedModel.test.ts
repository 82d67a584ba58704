import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sleep } from '../../../../hardware/clock.js';
import { PiBoard } from '../../../../src/bench/sim/piBoard.js';
import { SimulatedModel } from '../../../../src/bench/sim/simulatedModel.js';
import { VirtualClock } from '../../../../src/bench/sim/virtualClock.js';
import type { ChatMessage } from '../../../../src/llm/chatModel.js';
import { promptTokens, textTokens } from '../../../../src/llm/promptTokens.js';
import { voiceSystemPrompt } from '../../../../src/llm/voicePrompt.js';

const never = new AbortController().signal;
const system: ChatMessage = { role: 'system', content: 'one two three four five six seven eight nine ten' };
const asks = (content: string): ChatMessage[] => [system, { role: 'user', content }];

/** Reads 100 tokens/s in batches of 10, writes 10 tokens/s: "a b c d" to everything. */
function slowModel() {
  const clock = new VirtualClock();
  const model = new SimulatedModel(new PiBoard(clock), {
    model: 'slow',
    speeds: { promptTokensPerSecond: 100, generatedTokensPerSecond: 10 },
    batchTokens: 10,
    threads: 4,
    weight: 1,
    maxReplyTokens: 100,
    reply: () => 'a b c d',
  });
  /** When each token came, after the request. */
  const timed = async (messages: readonly ChatMessage[], signal = never) => {
    const beganAtMs = clock.now();
    const tokens: { readonly text: string; readonly atMs: number }[] = [];
    for await (const text of model.reply(messages, signal)) {
      tokens.push({ text, atMs: Math.round(clock.now() - beganAtMs) });
    }
    return tokens;
  };
  return { clock, model, timed };
}

describe('the simulated chat model', () => {
  it('reads the whole of a new prompt before the first token, then gives the rest at its pace', async () => {
    const { clock, timed } = slowModel();
    const tokens = await clock.run(timed(asks('hello')));
    const readMs = promptTokens(asks('hello')).length * 10;
    assert.deepEqual(
      tokens,
      ['a', ' b', ' c', ' d'].map((text, i) => ({ text, atMs: readMs + 100 * i })),
    );
  });

  it('reads a prompt only from where it differs from the one before, and its last token always', async () => {
    const { clock, model, timed } = slowModel();
    await clock.run(model.warmUp([system], never));
    const before = model.work.promptTokens;
    await clock.run(timed(asks('hello')));
    const opening = promptTokens([system]).length - 3; // the opening of the reply is not what follows now
    // The opening of a message is the same whoever speaks, but for the name.
    assert.equal(model.work.promptTokens - before, promptTokens(asks('hello')).length - opening - 1);
    const again = model.work.promptTokens;
    await clock.run(timed(asks('hello')));
    assert.equal(model.work.promptTokens - again, 1);
  });

  it('notices a client that has gone only after the running batch, and the next one waits for that', async () => {
    const { clock, model, timed } = slowModel();
    const leave = new AbortController();
    clock.setTimeout(() => leave.abort(new Error('gone')), 30);
    await clock.run(assert.rejects(timed(asks('hello'), leave.signal), /gone/));
    assert.equal(clock.now(), 30);
    const [first] = await clock.run(timed(asks('hello')));
    assert.equal(first?.atMs, 70 + (promptTokens(asks('hello')).length - 10) * 10);
    assert.equal(model.work.abortedPromptTokens, 10);
  });

  it('stops after the running token when it is left in the middle of a reply', async () => {
    const { clock, model } = slowModel();
    const leave = async () => {
      for await (const token of model.reply(asks('hello'), never)) if (token === ' b') break;
      await sleep(clock, 1_000, never);
    };
    await clock.run(leave());
    assert.equal(model.work.abortedGeneratedTokens, 2);
  });

  it('computes nothing for a request that goes away while it waits', async () => {
    const { clock, model, timed } = slowModel();
    const leave = new AbortController();
    clock.setTimeout(() => leave.abort(new Error('gone')), 10);
    const whole = promptTokens(asks('hello')).length;
    await clock.run(Promise.all([timed(asks('hello')), assert.rejects(timed(asks('other'), leave.signal), /gone/)]));
    assert.equal(model.work.promptTokens, whole);
  });
});

describe('the tokens of a text', () => {
  it('are about 1.3 for each word of English', () => {
    const words = voiceSystemPrompt().split(/\s+/).length;
    const perWord = textTokens(voiceSystemPrompt()).length / words;
    assert.ok(perWord > 1.2 && perWord < 1.5, `${perWord}`);
  });

  it('are the text again when joined', () => {
    assert.equal(textTokens(voiceSystemPrompt()).join(''), voiceSystemPrompt());
  });
});
