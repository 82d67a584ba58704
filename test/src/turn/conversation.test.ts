import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Conversation } from '../../../src/turn/conversation.js';

/** How many messages are kept after each of `turns` turns. */
function lengths(conversation: Conversation, turns: number): number[] {
  return Array.from({ length: turns }, (_, turn) => {
    conversation.add(`question ${turn}`, `reply ${turn}`, false);
    return conversation.messages.length;
  });
}

describe('a conversation', () => {
  it('holds questions and what was heard of the replies, oldest first', () => {
    const conversation = new Conversation(16);
    conversation.add('Who was Ada?', 'A mathematician.', false);
    conversation.add('When?', 'In the nineteenth', true);
    assert.deepEqual(conversation.messages, [
      { role: 'user', content: 'Who was Ada?' },
      { role: 'assistant', content: 'A mathematician.' },
      { role: 'user', content: 'When?' },
      { role: 'assistant', content: 'In the nineteenth … (interrupted)' },
    ]);
  });

  it('does not hold a question of whose reply nothing was heard', () => {
    const conversation = new Conversation(16);
    conversation.add('Who was Ada?', '', true);
    assert.deepEqual(conversation.messages, []);
  });

  it('drops its older half at once when it is full, and so rarely changes its beginning', () => {
    const conversation = new Conversation(16);
    assert.deepEqual(lengths(conversation, 14), [2, 4, 6, 8, 10, 12, 14, 16, 8, 10, 12, 14, 16, 8]);
    assert.equal(conversation.messages.at(0)?.content, 'question 10');
    assert.equal(conversation.messages.at(-1)?.content, 'reply 13');
  });

  for (const [max, expected] of [
    [0, [0, 0, 0]],
    [1, [0, 0, 0]],
    [2, [2, 2, 2]],
    [3, [2, 2, 2]],
    [4, [2, 4, 2]],
    [7, [2, 4, 6, 2]],
  ] as const) {
    it(`of at most ${max} messages never holds more, and always whole exchanges`, () => {
      const conversation = new Conversation(max);
      assert.deepEqual(lengths(conversation, expected.length), expected);
      if (conversation.messages.length > 0) assert.equal(conversation.messages[0]?.role, 'user');
    });
  }

  it('forgets everything', () => {
    const conversation = new Conversation(16);
    conversation.add('Who was Ada?', 'A mathematician.', false);
    conversation.forget();
    assert.deepEqual(conversation.messages, []);
  });
});
