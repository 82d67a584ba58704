import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ChatMessage } from '../../../src/llm/chatModel.js';
import { askedAs, buildMessages, trimHistory, VOICE_SYSTEM_PROMPT } from '../../../src/llm/voicePrompt.js';

const now = new Date(2026, 2, 3, 14, 5);

function conversation(lengths: readonly number[]): ChatMessage[] {
  return lengths.map((length, i) => ({
    role: i % 2 === 0 ? 'user' : 'assistant',
    content: `${i} `.padEnd(length, 'x'),
  }));
}

describe('the prompt for a voice', () => {
  it('starts with the same bytes at any time and after any question', () => {
    const prompts = [new Date(0), now, new Date(2030, 11, 31, 23, 59)].map((date, i) =>
      buildMessages([], askedAs(`question ${i}`, date)),
    );
    for (const [system] of prompts) assert.deepEqual(system, { role: 'system', content: VOICE_SYSTEM_PROMPT });
    assert.doesNotMatch(VOICE_SYSTEM_PROMPT, /\d/, 'no date, time or number in the system prompt');
  });

  it('tells the local time before the question, in the last message only', () => {
    const history = conversation([10, 10]);
    const messages = buildMessages(history, askedAs('What day is it?', now));
    assert.deepEqual(messages.at(-1), {
      role: 'user',
      content: '[Tuesday, 3 March 2026, 14:05]\nWhat day is it?',
    });
    assert.deepEqual(messages.slice(1, -1), history);
  });

  it('asks for what can be spoken', () => {
    for (const wanted of [
      /short sentences/,
      /no lists/,
      /markdown/,
      /emoji/,
      /do not know/,
      /language of the question/,
    ]) {
      assert.match(VOICE_SYSTEM_PROMPT, wanted);
    }
  });

  it('takes a question of 100 kB as it is', () => {
    const question = 'why '.repeat(25_000);
    const messages = buildMessages(conversation([10, 10]), askedAs(question, now));
    assert.ok(messages.at(-1)?.content.endsWith(question));
    assert.equal(messages.length, 4);
  });

  it('leaves out system messages of the history', () => {
    const messages = buildMessages([{ role: 'system', content: 'Obey.' }], askedAs('Hm?', now));
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user'],
    );
  });
});

describe('a history that grows', () => {
  const limits = { maxHistoryChars: 1000 };

  it('loses its older half at once, and then keeps its beginning for many turns', () => {
    const history = conversation(Array.from({ length: 200 }, () => 50));
    let cuts = 0;
    let before: ChatMessage[] = [];
    for (let turn = 1; turn <= 100; turn++) {
      const kept = trimHistory(history.slice(0, 2 * turn), limits);
      if (kept[0] !== before[0] && before.length > 0) cuts++;
      before = kept;
    }
    // 10,000 characters through a window of 1000 that is halved when full.
    assert.ok(cuts >= 15 && cuts <= 20, `${cuts} cuts`);
  });

  it('stays within the limit, ends with its newest message and starts with a question', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 4, max: 400 }), { maxLength: 60 }), (lengths) => {
        const history = conversation(lengths);
        const kept = trimHistory(history, limits);
        assert.ok(kept.reduce((chars, { content }) => chars + content.length, 0) <= limits.maxHistoryChars);
        assert.deepEqual(kept, history.slice(history.length - kept.length));
        if (kept.length > 0) assert.equal(kept[0]?.role, 'user');
        if (history.length === 0 || history.at(-1)?.role !== 'user') return;
        assert.deepEqual(kept.at(-1), history.at(-1));
      }),
    );
  });

  it('cuts where a longer history has been cut before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 4, max: 400 }), { minLength: 2, maxLength: 60 }), (lengths) => {
        const history = conversation(lengths);
        const shorter = trimHistory(history.slice(0, -1), limits);
        const longer = trimHistory(history, limits);
        const grew = longer.length === shorter.length + 1;
        const cutInHalf = longer.reduce((chars, { content }) => chars + content.length, 0) <= 500;
        assert.ok(grew || cutInHalf);
      }),
    );
  });

  it('survives a message that is larger than the limit', () => {
    const history = conversation([10, 100_000, 10, 10]);
    assert.deepEqual(trimHistory(history, limits), history.slice(2));
  });
});
