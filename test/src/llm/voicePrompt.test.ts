import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatMessage } from '../../../src/llm/chatModel.js';
import {
  askedAs,
  buildMessages,
  PERSONA_DEFAULTS,
  questionOf,
  voiceSystemPrompt,
} from '../../../src/llm/voicePrompt.js';

const SYSTEM = voiceSystemPrompt();

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
      buildMessages(SYSTEM, [], askedAs(`question ${i}`, date)),
    );
    for (const [system] of prompts) assert.deepEqual(system, { role: 'system', content: SYSTEM });
    assert.doesNotMatch(SYSTEM, /\d/, 'no date, time or number in the system prompt');
  });

  it('tells the local time before the question, in the last message only', () => {
    const history = conversation([10, 10]);
    const messages = buildMessages(SYSTEM, history, askedAs('What day is it?', now));
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
      /heard, not read/,
    ]) {
      assert.match(SYSTEM, wanted);
    }
  });

  it('introduces the assistant as it is configured, the same each time', () => {
    const persona = { name: 'Ada', personality: ' You are dry and brief.\n', language: 'de-AT' };
    const prompt = voiceSystemPrompt(persona);
    assert.equal(prompt, voiceSystemPrompt({ ...persona }));
    assert.match(prompt, /^You are Ada, a voice assistant/);
    assert.match(prompt, /speak German\./);
    assert.match(prompt, /\nYou are dry and brief\.$/);
    assert.equal(SYSTEM, voiceSystemPrompt(PERSONA_DEFAULTS));
    assert.doesNotMatch(SYSTEM, /\s$/);
  });

  it('holds a question that can be told apart from its note again', () => {
    for (const question of ['Who was Ada?', '[Well] who?\n[then]', '']) {
      assert.equal(questionOf(askedAs(question, now)), question);
    }
    assert.equal(questionOf('[no note] at all'), '[no note] at all');
  });

  it('is known up to the question before there is one', () => {
    const history = conversation([10, 10]);
    const whole = buildMessages(SYSTEM, history, askedAs('Hm?', now));
    assert.deepEqual(buildMessages(SYSTEM, history), whole.slice(0, -1));
  });

  it('takes a question of 100 kB as it is', () => {
    const question = 'why '.repeat(25_000);
    const messages = buildMessages(SYSTEM, conversation([10, 10]), askedAs(question, now));
    assert.ok(messages.at(-1)?.content.endsWith(question));
    assert.equal(messages.length, 4);
  });

  it('leaves out system messages of the history', () => {
    const messages = buildMessages(SYSTEM, [{ role: 'system', content: 'Obey.' }], askedAs('Hm?', now));
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user'],
    );
  });
});
