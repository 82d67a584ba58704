import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LlmError } from '../../../src/llm/chatModel.js';
import { promptTokens } from '../../../src/llm/promptTokens.js';
import { Conversation } from '../../../src/turn/conversation.js';
import { CallingModel, type CallingStep } from '../../fixtures/callingModel.js';
import { ASKED, boil, type KettleArgs, kettle } from '../../fixtures/kettle.js';
import { turnOf } from '../../fixtures/runningTurn.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const clockOf = () => new SteppedClock();
const NEVER_ANSWERS = () => new Promise<string>(() => {});

/** One typed question, to its end. */
async function ask(
  rounds: readonly (readonly CallingStep[])[],
  given: {
    readonly run?: (args: KettleArgs, signal: AbortSignal) => Promise<string>;
    readonly clock?: SteppedClock;
    readonly question?: string;
    readonly timeoutMs?: number;
  } = {},
) {
  const clock = given.clock ?? clockOf();
  const { skill, ran } = kettle(given.run);
  const { timeoutMs } = given;
  const model = new CallingModel(clock, rounds);
  const tools = [timeoutMs === undefined ? skill : { ...skill, timeoutMs }];
  const parts = turnOf({ clock, chatModel: model, tools });
  const turn = parts.ask(given.question ?? ASKED);
  await parts.pass(120_000);
  const [record] = parts.records;
  assert.ok(record);
  assert.equal(clock.waiting, 0, 'no timer is left');
  return { ...parts, model, ran, record, turn, said: record.chunks };
}

/** What the model was told last. */
const told = ({ model }: Awaited<ReturnType<typeof ask>>) => model.asked.at(-1)?.messages.at(-1);

describe('a model that calls a tool', () => {
  it('says in a sentence what came of it', async () => {
    const turn = await ask([[boil()], ['The kettle', ' is on.']]);
    assert.deepEqual(turn.ran, [{ litres: 0.5 }]);
    assert.deepEqual(turn.said, ['The kettle is on.']);
    assert.deepEqual(turn.record.tools, ['kettle']);
    assert.equal(turn.record.route, 'llm');
    const [, , call, answer] = turn.model.asked[1]?.messages ?? [];
    assert.deepEqual(call, { role: 'assistant', content: '', toolCalls: [boil()] });
    assert.deepEqual(answer, { role: 'tool', content: 'It boils.', toolName: 'kettle' });
    assert.equal(turn.model.asked[1]?.tools, turn.model.asked[0]?.tools, 'the same beginning of the prompt');
  });

  it('may speak before it calls', async () => {
    const { said, ran } = await ask([['Let me see. ', boil()], ['It is on.']]);
    assert.deepEqual(said, ['Let me see.', 'It is on.']);
    assert.equal(ran.length, 1);
  });

  it('says one sentence after the other, whatever it has written between them', async () => {
    for (const before of ['Let me see.', 'Let me see. ', 'Let me see.\n']) {
      const { record, conversation } = await ask([
        [before, boil()],
        ['The kettle', ' is on.'],
      ]);
      assert.match(record.heard, /^Let me see\.\sThe kettle is on\.$/);
      assert.equal(conversation.messages.at(-1)?.content, record.heard);
    }
    assert.equal((await ask([['Let me see.', boil()], []])).record.heard, 'Let me see. It boils.');
    const failed = await ask([['Let me see.', boil()], [new LlmError('stalled', 'It stalls.')]]);
    assert.equal(failed.record.heard, 'Let me see. It boils.');
  });

  it('leaves the question and what was heard in the history, and nothing of the tool', async () => {
    const { conversation } = await ask([[boil()], ['The kettle is on.']]);
    const [question, answer, ...more] = conversation.messages;
    assert.match(question?.content ?? '', /two cups/);
    assert.deepEqual([answer, more], [{ role: 'assistant', content: 'The kettle is on.' }, []]);
  });

  it('and has nothing to say of it lets the tool speak for itself', async () => {
    const { said, record } = await ask([[boil()], []]);
    assert.deepEqual(said, ['It boils.']);
    assert.equal(record.problem, null);
  });

  it('and fails afterwards lets the tool speak for itself, which has acted', async () => {
    const { said, record } = await ask([[boil()], [new LlmError('stalled', 'It stalls.')]]);
    assert.deepEqual(said, ['It boils.']);
    assert.deepEqual(record.problem, { reason: 'replyIncomplete', message: 'It stalls.' });
  });

  it('whose answer is silence is silent', async () => {
    const { said, turn } = await ask([[boil()], []], { run: async () => '' });
    assert.deepEqual(said, []);
    assert.equal(turn.types().at(-1), 'turn.replyEnded');
  });

  for (const written of [
    '{"name": "kettle", "parameters": {"litres": 0.5}}',
    '<tool_call>\n{"name": "kettle", "arguments": {"litres": 0.5}}\n</tool_call>',
    '```json\n{"name": "kettle", "arguments": {"litres": 0.5}}\n```',
    '[{"name": "kettle", "parameters": {"litres": 0.5}}]',
    '{"type": "function", "function": {"name": "kettle", "arguments": "{\\"litres\\": 0.5}"}}',
    '{"name": "kettle", "parameters": {"litres": 0.5}',
  ]) {
    it(`and writes ${JSON.stringify(written.slice(0, 30))}... instead has called it, and none of it is spoken`, async () => {
      const { said, ran } = await ask([written.match(/[\s\S]{1,4}/g) ?? [], ['The kettle is on.']]);
      assert.deepEqual(ran, [{ litres: 0.5 }]);
      assert.deepEqual(said, ['The kettle is on.']);
    });
  }
});

describe('a model that calls wrongly', () => {
  it('is told so once, and may correct it', async () => {
    const turn = await ask([[boil({ litres: 'two cups' })], [boil()], ['It is on.']]);
    const repair = turn.model.asked[1]?.messages.at(-1);
    assert.match(repair?.content ?? '', /^Error: Wrong arguments for kettle: .*expected number.*litres/);
    assert.deepEqual([turn.ran, turn.said], [[{ litres: 0.5 }], ['It is on.']]);
  });

  it('twice is not asked again, and the user hears that it did not work', async () => {
    const { model, ran, said } = await ask([[boil({})], [boil({ litres: 9 })], ['Never said.']]);
    assert.deepEqual([model.asked.length, ran.length], [2, 0]);
    assert.deepEqual(said, ['Sorry, that did not work.']);
  });

  it('by a name that does not exist is told which there are', async () => {
    const turn = await ask([[boil({}, 'toaster')], ['I have no toaster.']]);
    assert.match(told(turn)?.content ?? '', /no tool called "toaster".*kettle/);
    assert.deepEqual([turn.said, turn.record.tools], [['I have no toaster.'], []]);
  });

  it('in JSON that is none is told so, and none of it is spoken', async () => {
    const turn = await ask([['{"name": "kettle", "parameters": {litres}}'], ['Sorry.']]);
    assert.match(told(turn)?.content ?? '', /no tool called/);
    assert.deepEqual(turn.said, ['Sorry.']);
  });

  it('with null for what it does not know is understood', async () => {
    assert.deepEqual((await ask([[boil({ litres: 1, tea: null })], ['On.']])).ran, [{ litres: 1 }]);
  });

  it('without end is asked three times, and the user hears what was done', async () => {
    const endless = [0.1, 0.2, 0.3, 0.4, 0.5].map((litres) => [boil({ litres })]);
    const { model, ran, said } = await ask(endless);
    assert.deepEqual([model.asked.length, ran.length], [3, 2]);
    assert.deepEqual(said, ['It boils.']);
  });

  it('without end, and announces each call, leaves the user with what was done', async () => {
    const endless = [0.1, 0.2, 0.3].map((litres) => ['Let me see. ', boil({ litres })]);
    const { said } = await ask(endless);
    assert.match(said.join(' '), / It boils\.$/);
  });

  it('in JSON of its own making is told so once', async () => {
    const turn = await ask([['{"litres": 0.5}'], [boil()], ['It is on.']]);
    assert.deepEqual([turn.ran.length, turn.said], [1, ['It is on.']]);
    assert.deepEqual((await ask([['{"litres": 0.5}']])).said, ['Sorry, that did not work.']);
  });

  it('the same again is not taken at its word: nobody wanted two', async () => {
    const { model, ran, said } = await ask([[boil()]]);
    assert.deepEqual([model.asked.length, ran.length], [2, 1]);
    assert.deepEqual(said, ['It boils.']);
  });
});

describe('a tool', () => {
  for (const [what, run] of [
    ['rejects with a text', () => Promise.reject('no')],
    ['rejects with nothing', () => Promise.reject()],
    ['returns nothing', async () => undefined as unknown as string],
    [
      'throws at once',
      () => {
        throw new Error('no');
      },
    ],
  ] as const) {
    it(`that ${what} has failed: the model is told, the user hears of it, and the log says so`, async () => {
      const turn = await ask([[boil()], []], { run });
      assert.match(told(turn)?.content ?? '', /^Error: kettle did not work/);
      assert.deepEqual(turn.said, ['Sorry, that did not work.']);
      assert.equal(turn.record.problem?.reason, 'skillFailed');
    });
  }

  for (const data of ['{"celsius": 21}', '[1, 2]', '[{"a": 1}]', '...']) {
    it(`that answers with ${data} is not read aloud: it is for the model`, async () => {
      const run = async () => data;
      const turn = await ask([[boil()], ['It is warm.']], { run });
      assert.deepEqual([told(turn)?.content, turn.said], [data, ['It is warm.']]);
      assert.doesNotMatch((await ask([[boil()], []], { run })).said.join(), /[{[]|\.\.\./);
      const echoed = await ask([[boil()], [data]], { run });
      assert.doesNotMatch(echoed.said.join(), /["{]|\.\.\./);
    });
  }

  it('that returns 10 MB leaves the context to the question, however often it is called', async () => {
    for (const blah of ['blah ', 'бла ', '話']) {
      const { skill } = kettle(async () => blah.repeat(10_000_000 / Buffer.byteLength(blah)));
      const clock = clockOf();
      const rounds = [0, 1].map((at) => [boil({ litres: 1 + at / 10 }), boil({ litres: 0.5 + at / 10 })]);
      const model = new CallingModel(clock, [...rounds, ['It boils.']]);
      const conversation = new Conversation(16, { maxTokens: 1_350 });
      for (let i = 0; i < 8; i++) conversation.add(`[now]\nQuestion ${i}?`, 'words '.repeat(80), false);
      const parts = turnOf({ clock, chatModel: model, tools: [skill], conversation });
      parts.ask(ASKED);
      await parts.pass(120_000);
      const last = model.asked.at(-1);
      assert.equal(model.asked.length, 3);
      const contextTokens = 2_048 - 256;
      assert.ok(promptTokens(last?.messages ?? [], last?.tools).length <= contextTokens);
      assert.deepEqual(parts.records[0]?.chunks, ['It boils.']);
    }
  });

  it('that throws leaves the model an error to speak of, and the user an answer', async () => {
    const broken = async () => Promise.reject(new Error('the plug is out'));
    const turn = await ask([[boil()], ['It is not plugged in.']], { run: broken });
    assert.match(told(turn)?.content ?? '', /^Error: kettle did not work: .*the plug is out/);
    assert.deepEqual(turn.said, ['It is not plugged in.']);
    assert.deepEqual((await ask([[boil()], []], { run: broken })).said, ['Sorry, that did not work.']);
  });

  it('that hangs is aborted after five seconds, and the user has an answer', async () => {
    const signals: AbortSignal[] = [];
    const hangs = (_args: KettleArgs, signal: AbortSignal) => {
      signals.push(signal);
      return NEVER_ANSWERS();
    };
    const turn = await ask([[boil()], ['It takes too long.']], { run: hangs });
    assert.equal(signals[0]?.aborted, true);
    assert.match(told(turn)?.content ?? '', /no answer within 5000 ms/);
    assert.deepEqual(turn.said, ['One moment.', 'It takes too long.']);
  });

  it('that returns 10 MB is cut', async () => {
    const turn = await ask([[boil()], []], { run: async () => 'blah '.repeat(2_000_000) });
    assert.ok((told(turn)?.content.length ?? 9e9) <= 1_002);
    assert.ok(turn.said.join('').length <= 1_010);
  });

  it('stops when the turn is stopped', async () => {
    const signals: AbortSignal[] = [];
    const { skill } = kettle((_args, signal) => {
      signals.push(signal);
      return NEVER_ANSWERS();
    });
    const clock = clockOf();
    const parts = turnOf({ clock, chatModel: new CallingModel(clock, [[boil()]]), tools: [skill] });
    const turn = parts.ask(ASKED);
    await parts.pass(500);
    turn.stop();
    await parts.pass(0);
    assert.equal(signals[0]?.aborted, true);
    assert.equal(clock.waiting, 0);
  });

  it('is not run when the turn was stopped during the one before', async () => {
    const { skill, ran } = kettle(NEVER_ANSWERS);
    const clock = clockOf();
    const model = new CallingModel(clock, [[boil(), boil({ litres: 1 })]]);
    const parts = turnOf({ clock, chatModel: model, tools: [skill] });
    const turn = parts.ask(ASKED);
    await parts.pass(500);
    turn.stop();
    await parts.pass(60_000);
    assert.deepEqual([ran.length, model.asked.length, clock.waiting], [1, 1, 0]);
  });

  it('is not offered where the question is about something else, and text that looks like a call is no call', async () => {
    const { model, ran, said } = await ask([['{"name": "kettle", "parameters": {"litres": 1}}']], {
      question: 'Who was Ada Lovelace?',
    });
    assert.deepEqual([model.asked[0]?.tools, ran], [[], []]);
    assert.deepEqual(said, ['Sorry, I have no answer to that.']);
  });
});
