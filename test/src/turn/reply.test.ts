import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { sleep } from '../../../hardware/clock.js';
import { LlmError } from '../../../src/llm/chatModel.js';
import { Declined } from '../../../src/skills/declined.js';
import { forgetSkill } from '../../../src/skills/forgetSkill.js';
import type { IntentSkill } from '../../../src/skills/intent.js';
import { understanding } from '../../../src/skills/understanding.js';
import { NO_ANSWER } from '../../../src/turn/apology.js';
import { Conversation } from '../../../src/turn/conversation.js';
import { turnOf } from '../../fixtures/runningTurn.js';

const refused = new LlmError('refused', 'Nothing listens at the address: start the server.');

describe("a turn's reply", () => {
  it('comes from a skill without the model', async () => {
    const { ask, model, pass, records } = turnOf();
    const turn = ask('What time is it?');
    await pass(60_000);
    assert.equal(records[0]?.route, 'intent:time');
    assert.deepEqual(records[0]?.chunks, ["It's five past seven in the evening."]);
    assert.equal(model.asked.length, 0);
    assert.deepEqual(turn.types(), ['turn.audible', 'turn.replyEnded']);
  });

  it('to "forget this conversation" is the end of it, and no part of the next', async () => {
    const { ask, conversation, model, pass, records } = turnOf({ skills: [forgetSkill] });
    conversation.add('Who was Ada?', 'A mathematician.', false);
    ask('Please forget this conversation.');
    await pass(60_000);
    assert.deepEqual(records[0]?.chunks, ['All right, I have forgotten this conversation.']);
    assert.deepEqual(conversation.messages, []);
    ask('Who was she?');
    await pass(60_000);
    assert.equal(model.asked[0]?.length, 2, 'the system prompt and the question');
    assert.equal(conversation.messages.length, 2);
  });

  it('says so when what was forgotten is still on the disk', async () => {
    const before = [{ atMs: 0, asked: 'Who was Ada?', heard: 'A mathematician.', interrupted: false }];
    const { ask, parts, pass, records } = turnOf({
      skills: [forgetSkill],
      conversation: new Conversation(16, { before, keep: async () => false }),
    });
    ask('Forget everything.');
    await pass(60_000);
    assert.match(records[0]?.chunks.join(' ') ?? '', /could not erase it/);
    assert.deepEqual(parts.mind.conversation.messages, []);
  });

  it('comes from the model, which is told who it is', async () => {
    const { ask, model, parts, pass } = turnOf();
    Object.assign(parts.mind, { systemPrompt: 'You are Marvin.' });
    ask('Who are you?');
    await pass(60_000);
    assert.deepEqual(model.asked[0]?.[0], { role: 'system', content: 'You are Marvin.' });
  });

  it('comes from the model, which is told what was said before', async () => {
    const { ask, conversation, model, pass, records } = turnOf();
    conversation.add('Hello.', 'Good evening.', false);
    const turn = ask('Who was Ada?');
    await pass(60_000);
    assert.equal(records[0]?.route, 'llm');
    assert.deepEqual(turn.types(), ['turn.modelAnswered', 'turn.audible', 'turn.replyEnded']);
    assert.deepEqual(
      model.asked[0]?.slice(1, 3).map(({ content }) => content),
      ['Hello.', 'Good evening.'],
    );
  });

  it('is an apology when the model fails before it has said anything', async () => {
    const { ask, pass, records } = turnOf({ model: [200, refused] });
    const turn = ask();
    await pass(60_000);
    assert.deepEqual(turn.types(), ['turn.modelFailed', 'turn.audible', 'turn.replyEnded']);
    assert.equal(records[0]?.route, 'offline');
    assert.deepEqual(records[0]?.chunks, ["Sorry, I can't reach my language model right now."]);
    assert.deepEqual(records[0]?.problem, { reason: 'modelFailed', message: refused.message });
  });

  it('ends where it ends when the model fails in the middle', async () => {
    const stalled = new LlmError('stalled', 'No token for 10 s.');
    const { ask, pass, records } = turnOf({ model: ['She was a mathematician. ', 'She wrote a pro', 300, stalled] });
    const turn = ask();
    await pass(60_000);
    assert.equal(records[0]?.heard, 'She was a mathematician. She wrote a');
    assert.equal(records[0]?.route, 'llm');
    assert.deepEqual(records[0]?.problem, { reason: 'replyIncomplete', message: 'No token for 10 s.' });
    assert.ok(turn.types().includes('turn.modelFailed'));
    assert.equal(turn.types().at(-1), 'turn.replyEnded');
  });

  for (const [what, model] of [
    ['nothing', []],
    ['white space', [' ', '\n']],
    ['thoughts only', ['<think>', 'Who is that?', '</think>']],
    ['a tool call only', ['{"name": "search", ', '"arguments": {"q": "Ada"}}']],
  ] as const) {
    it(`says that it has no answer when the model writes ${what}`, async () => {
      const { ask, pass, records } = turnOf({ model });
      ask();
      await pass(60_000);
      assert.deepEqual(records[0]?.chunks, [NO_ANSWER]);
    });
  }

  it('has no thoughts, tool calls or markdown in it', async () => {
    const { ask, pass, records, voice } = turnOf({
      model: [
        '<thi',
        'nk>Hmm.</th',
        'ink>',
        '**She** was a `mathematician`. \n',
        '{"name": "x", "arguments": {}}',
        '\nYes.',
      ],
    });
    ask();
    await pass(60_000);
    assert.equal(voice.begun.map(({ text }) => text).join(' '), 'She was a mathematician. Yes.');
    assert.equal(records[0]?.heard, 'She was a mathematician. \n\nYes.');
  });

  describe('of a skill', () => {
    const skillThat = (run: IntentSkill<object>['run']): IntentSkill<object> => ({
      name: 'broken',
      description: 'Breaks.',
      args: z.object({}),
      understand: understanding([/^break$/], 'is said in tests', () => ({})),
      run,
    });

    it('that throws is an apology, and the turn is not lost', async () => {
      for (const run of [
        async () => {
          throw new Error('no network');
        },
        () => {
          throw new Error('no network');
        },
      ]) {
        const { ask, clock, pass, records } = turnOf({ skills: [skillThat(run)] });
        const turn = ask('Break.');
        await pass(10_000);
        assert.equal(turn.reports.at(-1)?.type, 'turn.replyEnded');
        assert.equal(records[0]?.heard, 'Sorry, that did not work.');
        assert.deepEqual(records[0]?.problem, {
          reason: 'skillFailed',
          message: 'the skill "broken" failed: no network',
        });
        assert.equal(clock.waiting, 0);
      }
    });

    it('that hangs is an apology after five seconds, and the skill is told to stop', async () => {
      const signals: AbortSignal[] = [];
      const hangs = skillThat((_args, _context, signal) => {
        signals.push(signal);
        return new Promise(() => {});
      });
      const { ask, clock, pass, records } = turnOf({ skills: [hangs] });
      ask('Break.');
      await pass(4_900);
      assert.equal(signals[0]?.aborted, false);
      await pass(10_000);
      assert.equal(signals[0]?.aborted, true);
      assert.equal(records[0]?.heard, 'Sorry, that takes too long. I have stopped it.');
      assert.match(records[0]?.problem?.message ?? '', /did not answer within 5 s/);
      assert.equal(clock.waiting, 0);
    });

    it('that may take longer does', async () => {
      const { ask, clock, pass, records } = turnOf({
        skills: [
          {
            ...skillThat(async (_args, _context, signal) => {
              await sleep(clock, 8_000, signal);
              return 'Broken.';
            }),
            timeoutMs: 9_000,
          },
        ],
      });
      ask('Break.');
      await pass(20_000);
      assert.equal(records[0]?.heard, 'Broken.');
    });

    it('that says ten megabytes is cut short', async () => {
      const { ask, pass, records } = turnOf({ skills: [skillThat(async () => 'word '.repeat(2_000_000))] });
      ask('Break.');
      await pass(600_000);
      assert.match(records[0]?.heard ?? '', /^word word .* word\. There is more, but that is enough\.$/);
      assert.ok((records[0]?.heard.length ?? 0) < 1_600);
    });

    it('that is the last one ends the conversation', async () => {
      const { ask, pass } = turnOf({ skills: [{ ...skillThat(async () => 'Goodbye.'), isLast: true }] });
      const turn = ask('Break.');
      await pass(10_000);
      assert.equal(turn.reports.at(-1)?.type, 'turn.farewell');
    });
  });

  it('comes from the model when a skill has looked closer and declines', async () => {
    const home: IntentSkill<object> = {
      name: 'home',
      description: 'Asks the house.',
      args: z.object({}),
      understand: understanding([/^turn on the charm$/], 'is said in tests', () => ({})),
      run: async () => {
        throw new Declined('no such sentence');
      },
    };
    const { ask, model, pass, records } = turnOf({ skills: [home] });
    const turn = ask('Turn on the charm!');
    await pass(60_000);
    assert.equal(records[0]?.route, 'llm');
    assert.match(records[0]?.why ?? '', /declined/);
    assert.equal(model.asked.length, 1);
    assert.equal(turn.types().at(-1), 'turn.replyEnded');
  });

  it('fails the turn as internal when a part breaks its contract', async () => {
    const { ask, pass } = turnOf({ model: [new TypeError('x is not a function')] });
    const turn = ask();
    await pass(1_000);
    assert.equal(turn.reports.at(-1)?.reason, 'internal');
  });

  it('is repeated whole, though it was interrupted, and once more is not part of the conversation', async () => {
    const { ask, begin, conversation, model, pass, records, voice } = turnOf();
    const first = ask();
    await pass(3_000);
    first.stop();
    const said = conversation.messages.length;
    const repeat = begin({ kind: 'repeat' }, 'held');
    repeat.commit();
    await pass(60_000);
    assert.deepEqual(
      voice.begun.slice(-2).map(({ text }) => text),
      ['She was a mathematician.', 'She wrote a program.'],
    );
    assert.equal(repeat.types().at(-1), 'turn.replyEnded');
    assert.equal(records[1]?.route, 'intent:repeat');
    assert.equal(conversation.messages.length, said);
    assert.equal(model.asked.length, 1);
  });

  it('can be repeated whole again after its repetition was interrupted', async () => {
    const { ask, begin, conversation, pass, voice } = turnOf({ voice: { makingMs: 500 } });
    ask();
    await pass(60_000);
    const whole = [...conversation.lastReply];
    assert.equal(whole.length, 2);
    const repeat = begin({ kind: 'repeat' }, 'held');
    repeat.commit();
    await pass(100);
    repeat.stop();
    assert.equal(voice.begun.length, 3, 'it had come to its first sentence');
    assert.deepEqual(conversation.lastReply, whole);
  });

  it('that never was cannot be repeated, and the user is told', async () => {
    const { begin, pass, records } = turnOf();
    const repeat = begin({ kind: 'repeat' }, 'held');
    repeat.commit();
    await pass(60_000);
    assert.equal(records[0]?.heard, 'I have not said anything yet.');
  });

  it('is neither asked for nor waited on when somebody else has something said, and can be repeated', async () => {
    const { begin, conversation, model, pass, records, voice } = turnOf();
    const said = begin({ kind: 'say', text: 'The washing is done. Please hang it up!' }, 'held');
    said.commit();
    await pass(60_000);
    assert.deepEqual(
      voice.begun.map(({ text }) => text),
      ['The washing is done.', 'Please hang it up!'],
    );
    assert.deepEqual(said.types(), ['turn.audible', 'turn.farewell']);
    assert.equal(records[0]?.route, null);
    assert.equal(model.asked.length, 0);
    assert.deepEqual(conversation.messages, []);
    assert.equal(conversation.lastReply.length, 2);
  });
});
