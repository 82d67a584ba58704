import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { messageTokens } from '../../../src/llm/promptTokens.js';
import { Conversation, type Exchange, QUESTION_TOKENS } from '../../../src/turn/conversation.js';

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

  it('forgets with the rest what was asked to forget it, and not the question after that', async () => {
    const conversation = new Conversation(16);
    conversation.add('Who was Ada?', 'A mathematician.', false);
    assert.equal(await conversation.forget('Forget it all.'), true);
    conversation.add('Forget it all.', 'Done.', false);
    assert.deepEqual(conversation.messages, []);
    conversation.add('Who was Ada?', 'A mathematician.', false);
    assert.equal(conversation.messages.length, 2);
    conversation.forget('Forget it all.');
    conversation.add('Who was Ada?', 'A mathematician.', false);
    assert.equal(conversation.messages.length, 2, 'the other turn came to nothing');
  });
});

/** As many exchanges as there are numbers; each reply has about so many tokens. */
function exchanges(tokens: readonly number[]): Exchange[] {
  return tokens.map((count, i) => ({
    atMs: i,
    asked: `${i}?`,
    heard: 'well '.repeat(count).trim(),
    interrupted: false,
  }));
}

const tokensOf = (conversation: Conversation) =>
  conversation.messages.reduce((sum, { content }) => sum + messageTokens(content), 0);

describe('a conversation for a context of limited length', () => {
  const maxTokens = 1000;

  it('loses its older half at once, and then keeps its beginning for many turns', () => {
    const conversation = new Conversation(1000, { maxTokens });
    let cuts = 0;
    for (const [turn, { asked, heard }] of exchanges(Array.from({ length: 200 }, () => 20)).entries()) {
      const first = conversation.exchanges[0];
      conversation.add(asked, heard, false);
      if (turn > 0 && conversation.exchanges[0] !== first) cuts++;
    }
    // Of about 48 tokens each: 200 of them through a window of 1000 that is halved when full.
    assert.ok(cuts >= 12 && cuts <= 20, `${cuts} cuts`);
  });

  it('stays within the limit and ends with the newest exchange, unless that alone is longer', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 40 }), (tokens) => {
        const conversation = new Conversation(1000, { maxTokens });
        for (const { asked, heard } of exchanges(tokens)) conversation.add(asked, heard, false);
        assert.ok(tokensOf(conversation) <= maxTokens);
        const fits = (tokens.at(-1) ?? 0) * 2 < maxTokens - 30;
        if (fits) assert.equal(conversation.exchanges.at(-1)?.asked, `${tokens.length - 1}?`);
      }),
    );
  });

  it('makes more room for a question that is longer than one speaks, and only for that', () => {
    const conversation = new Conversation(1000, { maxTokens });
    for (const { asked, heard } of exchanges(Array.from({ length: 18 }, () => 20)))
      conversation.add(asked, heard, false);
    const all = conversation.messages;
    assert.ok(tokensOf(conversation) > 0.8 * maxTokens);
    assert.deepEqual(conversation.messagesBeside('Why?'), all);
    assert.deepEqual(conversation.messagesBeside('word '.repeat(QUESTION_TOKENS / 2)), all);
    const long = 'word '.repeat(400);
    const kept = conversation.messagesBeside(long);
    assert.ok(kept.length > 0 && kept.length < all.length && kept[0]?.role === 'user');
    assert.deepEqual(kept, all.slice(-kept.length));
    const room = maxTokens + QUESTION_TOKENS - messageTokens(long);
    assert.ok(kept.reduce((sum, { content }) => sum + messageTokens(content), 0) <= room);
    assert.deepEqual(conversation.messagesBeside('word '.repeat(4000)), []);
    assert.deepEqual(conversation.messages, all);
  });

  it('has no history where the context has no room for one', () => {
    const conversation = new Conversation(16, { maxTokens: 0 });
    conversation.add('Who was Ada?', 'A mathematician.', false);
    assert.deepEqual(conversation.messages, []);
  });
});

describe('a conversation that outlives the program', () => {
  it('is given away whole after each change', async () => {
    const kept: (readonly Exchange[])[] = [];
    const keep = async (all: readonly Exchange[]) => kept.push(all) > 0;
    const conversation = new Conversation(4, { keep, now: () => 12 });
    conversation.add('a', 'A', false);
    conversation.add('b', '', true);
    conversation.add('c', 'C', true);
    conversation.add('d', 'D', false);
    conversation.forget();
    assert.deepEqual(
      kept.map((all) => all.map(({ asked }) => asked)),
      [['a'], ['a', 'c'], ['d'], []],
    );
    assert.deepEqual(kept[1]?.[1], { atMs: 12, asked: 'c', heard: 'C', interrupted: true });
    assert.equal(kept[0]?.[0], kept[1]?.[0], 'the same object');
  });

  it('goes on with the same messages', () => {
    const before = new Conversation(16);
    before.add('Who was Ada?', 'A mathematician.', false);
    before.add('When?', 'In the nineteenth', true);
    const after = new Conversation(16, { before: before.exchanges });
    assert.deepEqual(after.messages, before.messages);
    assert.deepEqual(after.lastReply, ['In the nineteenth'], 'what can be repeated is what was heard');
  });

  it('is cut where less may be kept than before', () => {
    assert.equal(new Conversation(4, { before: exchanges([1, 1, 1, 1]) }).exchanges.length, 1);
    assert.equal(new Conversation(0, { before: exchanges([1]) }).exchanges.length, 0);
  });

  it('forgets what was erased elsewhere, and keeps what came after', () => {
    const conversation = new Conversation(16, { before: exchanges([1, 1]) });
    const erased = conversation.exchanges;
    conversation.add('after', 'that', false);
    conversation.forgetThese(erased);
    assert.deepEqual(
      conversation.exchanges.map(({ asked }) => asked),
      ['after'],
    );
    assert.deepEqual(conversation.lastReply, []);
  });
});
