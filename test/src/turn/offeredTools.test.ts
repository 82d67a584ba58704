import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { IntentSkill } from '../../../src/skills/intent.js';
import { uncheckedArgs } from '../../../src/skills/own/jsonSchemaArgs.js';
import { skillTools } from '../../../src/skills/skillTool.js';
import { Conversation } from '../../../src/turn/conversation.js';
import { offeredTools } from '../../../src/turn/offeredTools.js';
import { promptBefore, promptOf } from '../../../src/turn/prompt.js';
import { CallingModel } from '../../fixtures/callingModel.js';
import { turnOf } from '../../fixtures/runningTurn.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const skill = (name: string, description: string, args: z.ZodType<object> = z.object({})): IntentSkill<object> => ({
  name,
  description,
  args,
  understand: () => undefined,
  run: async () => 'Done.',
});

const SKILLS = [
  skill('timer', 'Starts, cancels, lengthens and pauses kitchen timers, and tells how long they still run.'),
  skill('list', 'Keeps the shopping list: adds, removes and reads out what is on it.'),
  { ...skill('kettle', 'Boils water for tea.'), cues: ['cuppa'] },
];
const TOOLS = skillTools(SKILLS);
const offered = (...questions: string[]) => offeredTools(TOOLS, questions).map(({ tool }) => tool.name);

describe('the tools that a model is offered', () => {
  for (const [question, names] of [
    ['Who was Ada Lovelace?', []],
    ['Tell me a long story about the water.', []],
    ['What is still on the shopping list?', ['list']],
    ['Could you run the timers that I have paused?', ['timer']],
    ['I would kill for a cuppa.', ['kettle']],
    ['Boil some water, and put tea on the list.', ['kettle', 'list']],
    ['Cancelling what is in the kitchen is fine.', ['timer']],
  ] as const) {
    it(`with "${question}" are [${names}]`, () => assert.deepEqual(offered(question), names));
  }

  it('stay for the conversation, in the order in which they were needed, so that the prompt changes only at their end', () => {
    assert.deepEqual(offered('Start a timer.', 'Who was Ada?', 'Put tea on the list.'), ['timer', 'list']);
    assert.deepEqual(offered('Start a timer.', 'Who was Ada?'), ['timer']);
  });

  it('are three for a question and six for a conversation at most', () => {
    const many = Array.from({ length: 9 }, (_, i) => skill(`lamp${'abcdefghi'[i]}`, 'Lights the lamp of the house.'));
    const tools = skillTools(many);
    assert.equal(offeredTools(tools, ['Light the lamp']).length, 3);
    assert.equal(offeredTools(tools, ['Light the lamp', ...many.map(({ name }) => name)]).length, 6);
  });

  it('say nothing that a model server would refuse the question for', () => {
    const schema = {
      type: 'object',
      properties: { a: true, b: { type: ['string', 'null'], description: 7, enum: 'x', required: 'b' } },
      required: 'a',
    };
    const [made] = skillTools([skill('x', 'Y.', uncheckedArgs(schema) as z.ZodType<object>)]);
    assert.deepEqual(made?.tool.parameters, {
      type: 'object',
      properties: { a: {}, b: { type: ['string', 'null'] } },
    });
  });

  it('take no more of the context than they may, those of the last question above all', () => {
    const room = TOOLS.reduce((most, { tokens }) => Math.max(most, tokens), 0) + 20;
    const within = (...questions: string[]) => offeredTools(TOOLS, questions, room).map(({ tool }) => tool.name);
    assert.deepEqual(within('Start a timer.', 'Put tea on the list.'), ['list']);
    assert.deepEqual(within('Start a timer.', 'Put tea on the list.', 'Start a timer.'), ['timer']);
    assert.deepEqual(offeredTools(TOOLS, ['Start a timer.'], 20), []);
  });

  it('are still those of the last question when it was the first that needed them', () => {
    const many = Array.from({ length: 9 }, (_, i) => skill(`lamp${'abcdefghi'[i]}`, 'Lights a room.'));
    const names = many.map(({ name }) => name);
    const offeredNow = offeredTools(skillTools(many), [...names, 'lampa']).map(({ tool }) => tool.name);
    assert.equal(offeredNow.length, 6);
    assert.ok(offeredNow.includes('lampa'));
  });

  it('are the same bytes whenever they are made, and nothing in them that costs and says nothing', () => {
    const args = z.object({
      seconds: z.number().min(1).max(9).optional().describe('how long'),
      unit: z.enum(['a', 'b']),
    });
    const make = () => JSON.stringify(skillTools([skill('x', 'Y.', args)])[0]?.tool);
    assert.equal(make(), make());
    assert.deepEqual(JSON.parse(make() ?? ''), {
      name: 'x',
      description: 'Y.',
      parameters: {
        type: 'object',
        properties: {
          seconds: { type: 'number', description: 'how long' },
          unit: { type: 'string', enum: ['a', 'b'] },
        },
        required: ['unit'],
      },
    });
  });

  it('of two of one name are the first, and a schema that cannot be written is no reason to fail', () => {
    const odd = skill('odd', 'Odd.', z.object({ when: z.date(), how: z.string().transform(Number) }));
    const tools = skillTools([odd, skill('odd', 'Other.')]);
    assert.deepEqual(
      tools.map(({ tool }) => tool.description),
      ['Odd.'],
    );
    assert.equal(tools[0]?.tool.parameters['type'], 'object');
  });
});

describe('a prompt with tools', () => {
  const askedAt = new Date(2026, 10, 23, 12);

  it('is warmed up with the tools that the conversation so far has needed, and read ahead with those of the words so far', () => {
    const { parts } = turnOf({ tools: SKILLS });
    const names = ({ tools }: { tools: readonly { name: string }[] }) => tools.map(({ name }) => name);
    assert.deepEqual(names(promptBefore(parts.mind)), []);
    assert.deepEqual(names(promptOf({ text: 'Put tea on the list', askedAt }, parts.mind)), ['list']);
    parts.mind.conversation.add('[now]\nPut tea on the list.', 'It is on it.', false);
    const before = promptBefore(parts.mind);
    const next = promptOf({ text: 'And who was Ada?', askedAt }, parts.mind);
    assert.deepEqual(names(before), ['list']);
    assert.deepEqual(next.tools, before.tools);
    assert.deepEqual(next.messages.slice(0, -1), before.messages);
  });

  it('keeps none from before where they stand at the last question: they would be read again with each', () => {
    const chatModel = Object.assign(new CallingModel(new SteppedClock(), []), { toolPlace: 'lastQuestion' as const });
    const { parts } = turnOf({ tools: SKILLS, chatModel });
    parts.mind.conversation.add('[now]\nPut tea on the list.', 'It is on it.', false);
    assert.deepEqual(promptOf({ text: 'Who was Ada?', askedAt }, parts.mind).tools, []);
    assert.equal(promptOf({ text: 'Clear the list.', askedAt }, parts.mind).tools.length, 1);
  });

  it('has none for a model that is known to call none', () => {
    const chatModel = Object.assign(new CallingModel(new SteppedClock(), []), { takesTools: false });
    const { parts } = turnOf({ tools: SKILLS, chatModel });
    assert.deepEqual(promptOf({ text: 'Clear the list.', askedAt }, parts.mind).tools, []);
  });

  it('forgets them with the conversation', async () => {
    const { parts } = turnOf({ tools: SKILLS });
    parts.mind.conversation.add('[now]\nPut tea on the list.', 'It is on it.', false);
    await parts.mind.conversation.forget();
    assert.deepEqual(promptBefore(parts.mind).tools, []);
  });

  it('has less room for a history', () => {
    const conversation = new Conversation(100, { maxTokens: 700 });
    for (let i = 0; i < 8; i++) conversation.add(`[now]\nQuestion ${i}, and no more?`, 'words '.repeat(30), false);
    const { parts } = turnOf({ tools: SKILLS, conversation });
    const length = (text: string) => promptOf({ text, askedAt }, parts.mind).messages.length;
    assert.ok(length('Put tea on the list.') < length('Who was Ada?'));
  });
});
