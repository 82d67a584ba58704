import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { ListBook } from '../../../src/lists/listBook.js';
import { type ListState, listState } from '../../../src/lists/listState.js';
import { openMath } from '../../../src/reckoning/openMath.js';
import { alarmSkill } from '../../../src/skills/alarmSkill.js';
import { chanceSkill, type Random, systemRandom } from '../../../src/skills/chanceSkill.js';
import type { IntentSkill } from '../../../src/skills/intent.js';
import { listSkill } from '../../../src/skills/listSkill.js';
import { mathSkill } from '../../../src/skills/mathSkill.js';
import { skillTools } from '../../../src/skills/skillTool.js';
import { type StatusSource, statusSkill } from '../../../src/skills/statusSkill.js';
import { timerSkill } from '../../../src/skills/timerSkill.js';
import { relevance, toolWords } from '../../../src/skills/toolWords.js';
import { unitsSkill } from '../../../src/skills/unitsSkill.js';
import { answerOf, monday } from '../../fixtures/askSkill.js';
import { MemoryStore, TimerWorld } from '../../fixtures/timerWorld.js';

const { signal } = new AbortController();
const math = openMath();
async function someLists() {
  const store = new MemoryStore<ListState>((value) => listState.parse(value));
  const book = await ListBook.open(store);
  return { store, book, skill: listSkill(book) };
}

describe('About lists', () => {
  it('there is a talk', async () => {
    const { store, skill } = await someLists();
    const talk = [
      ["What's on my shopping list?", 'The shopping list is empty.'],
      ['Add milk and eggs to my shopping list', 'Milk and eggs are on the shopping list.'],
      ['Add an egg to the list', 'Eggs are on the shopping list already.'],
      ['Add bread to the list', 'Bread is on the shopping list.'],
      ['Is the milk on the list?', 'Yes, milk is on the shopping list.'],
      ['Is cheese on the list?', 'No, cheese is not on the shopping list.'],
      ['Is there any theatre ticket on the list?', 'No, theatre ticket is not on the shopping list.'],
      [
        'Add a dozen theatre tickets and an apple to the list',
        'A dozen theatre tickets and apple are on the shopping list.',
      ],
      [
        'Take a dozen theatre tickets and the apple off my list',
        'A dozen theatre tickets and apple are off the shopping list.',
      ],
      ['Remove milk', 'Milk is off the shopping list.'],
      ['Remove milk and bread from the list', 'Bread is off the shopping list. Milk is not on the shopping list.'],
      ["What's on the list?", 'On the shopping list: eggs.'],
      ['Add call mum to my to do list', 'Call mum is on the to-do list.'],
    ] as const;
    for (const [utterance, answer] of talk) assert.equal(await answerOf(skill, utterance), answer);
    const again = listSkill(await ListBook.open(store));
    assert.equal(await answerOf(again, "What's on my to do list?"), 'On the to-do list: call mum.');
    assert.equal(await answerOf(again, 'Clear the shopping list'), 'The shopping list is empty now.');
    assert.equal(await answerOf(again, 'Clear the shopping list'), 'The shopping list is empty already.');
  });

  it('a full disk and a full list are told of', async () => {
    const { store, book, skill } = await someLists();
    store.isFull = true;
    const answer = await answerOf(skill, 'Add milk to the list');
    assert.equal(
      answer,
      'Milk is on the shopping list. I could not write that to the disk, so a restart would undo it.',
    );
    for (let i = 1; i < 200; i++) await book.add('shopping', [`thing ${i}x`]);
    assert.match(String(await answerOf(skill, 'Add bread to the list')), /is full: it holds 200 things/);
    assert.match(String(await answerOf(skill, "What's on the list?")), /, and 175 more\.$/);
    assert.equal(
      await skill.run({ action: 'add', list: 'shopping', items: ['x'.repeat(121)] }, monday, signal),
      'That is too long for a list.',
    );
    assert.equal(await skill.run({ action: 'add', list: 'shopping' }, monday, signal), 'Say what to put on the list.');
  });
});

describe('Chance', () => {
  const highest: Random = { integer: (_low, high) => high };
  const talk: Readonly<Record<string, string>> = {
    'Flip a coin': 'Tails.',
    'Flip three coins': 'No heads and 3 tails.',
    'Roll a die': '6.',
    'Roll two dice': '6 and 6: 12 in all.',
    'Roll a d20': '20.',
    'Pick a number between ten and one': '10.',
    'Roll 21 dice': 'I throw 20 at most.',
    'Roll zero dice': 'Then there is nothing to throw.',
    'Roll a d1': 'I have dice with 2 to 1000 sides.',
  };
  for (const [utterance, answer] of Object.entries(talk)) {
    it(`answers "${utterance}" with "${answer}"`, async () =>
      assert.equal(await answerOf(chanceSkill(highest), utterance), answer));
  }
});

describe('Arithmetic', () => {
  const talk: Readonly<Record<string, string>> = {
    'What is 12 times 7?': "That's 84.",
    "What's fifteen percent of 80?": "That's 12.",
    'Square root of 144': "That's 12.",
    'Square root of two': "That's about 1.4142.",
    'Five plus six divided by two': "That's 8.",
    '0.1 plus 0.2': "That's 0.3.",
    'Ten divided by three': "That's about 3.3333.",
    'A thousand divided by seven': "That's about 142.86.",
    'three minus five': "That's minus 2.",
    'Two to the power of a hundred': "That's about 1.27 times 10 to the power of 30.",
    'two thirds of 9': "That's 6.",
    'a third of twelve': "That's 4.",
    'Ten divided by zero': 'Nothing can be divided by zero.',
    'Square root of minus one': 'That has no real result: it is the root of a negative number.',
    '9 ^ 9 ^ 9 ^ 9': 'That is too large for me to work out.',
    'One divided by 1,000,000': "That's 0.000001.",
  };
  for (const [utterance, answer] of Object.entries(talk)) {
    it(`answers "${utterance}" with "${answer}"`, async () =>
      assert.equal(await answerOf(mathSkill(math), utterance), answer));
  }

  for (const expression of [
    'import("fs")',
    'x = 5',
    '1; 2',
    'f(x) = 2',
    'sqrt',
    '',
    '1 +',
    '(1',
    '1e999',
    'cos(1)',
    `${'('.repeat(90)}1${')'.repeat(90)}`,
  ]) {
    it(`does not work out "${expression.slice(0, 20)}"`, async () =>
      assert.match(String(await mathSkill(math).run({ expression }, monday, signal)), /^I can only/));
  }
});

describe('Units', () => {
  const talk: Readonly<Record<string, string>> = {
    'How many centimetres in an inch?': '1 inch is 2.54 centimetres.',
    'Convert 5 miles to kilometres': '5 miles are about 8.05 kilometres.',
    '100 fahrenheit in celsius': '100 degrees Fahrenheit are about 37.78 degrees Celsius.',
    'Minus 40 celsius in fahrenheit': 'Minus 40 degrees Celsius are minus 40 degrees Fahrenheit.',
    'Two cups in millilitres': '2 cups are about 473 millilitres.',
    'How many seconds in a day?': '1 day is 86400 seconds.',
    'A pint in millilitres': '1 pint is about 473 millilitres.',
    'Minus 300 celsius in kelvin': 'Nothing is that cold.',
    '100 mph in km/h': '100 miles per hour are about 161 kilometres per hour.',
  };
  for (const [utterance, answer] of Object.entries(talk)) {
    it(`answers "${utterance}" with "${answer}"`, async () =>
      assert.equal(await answerOf(unitsSkill(math), utterance), answer));
  }

  it('knows a larger pint in Britain', async () => {
    const answer = await answerOf(unitsSkill(math), 'A pint in millilitres', { ...monday, language: 'en-GB' });
    assert.equal(answer, '1 pint is about 568 millilitres.');
  });

  it('refuses what the model makes up', async () => {
    const run = (value: number, from: string, to: string) => unitsSkill(math).run({ value, from, to }, monday, signal);
    assert.equal(await run(1, 'mile', 'litre'), 'Miles cannot be converted into litres.');
    assert.equal(await run(1, 'parsec', 'mile'), 'I do not know that unit.');
    assert.equal(await run(Number.NaN, 'mile', 'foot'), 'I need a number to convert.');
  });

  it('takes units as models write them, is checked all the same, and is short to read', () => {
    const { args } = unitsSkill(math);
    for (const from of ['mile', 'miles', 'km', 'MB', 'Fahrenheit', '°C', 'sq ft', ' Pounds ']) {
      assert.ok(args.safeParse({ value: 1, from, to: 'metre' }).success, from);
    }
    for (const from of ['parsec', '', 'mile kilometre', 7]) {
      assert.equal(args.safeParse({ value: 1, from, to: 'metre' }).success, false, String(from));
    }
    const [tool] = skillTools([unitsSkill(math)]);
    assert.ok((tool?.tokens ?? 9e9) < 300, `${tool?.tokens} tokens`);
    assert.ok(
      relevance(
        'How do nine cups compare to a litre?',
        tool?.words ?? toolWords({ name: '', description: '', parameters: {} }),
      ) > 0,
    );
  });
});

describe('The status', () => {
  const source: StatusSource = {
    isConnected: () => true,
    temperatureCelsius: async () => 54.3,
    memory: async () => ({ freeBytes: 700 * 2 ** 20, totalBytes: 4 * 2 ** 30 }),
    disk: async () => undefined,
    runningMs: () => 93_784_000,
    model: async () => ({ name: 'qwen', isReady: true }),
  };
  const talk: Readonly<Record<string, string>> = {
    'Are you online?': 'I am connected to the network. My language model answers.',
    'How warm are you?': 'My processor is at 54 degrees Celsius.',
    'How much memory is free?': '700 megabytes of 4 gigabytes of memory are free.',
    'How long have you been running?': 'I have been running for one day and two hours.',
    'Which model are you using?': 'I use qwen.',
  };
  for (const [utterance, answer] of Object.entries(talk)) {
    it(`answers "${utterance}" with "${answer}"`, async () =>
      assert.equal(await answerOf(statusSkill(source), utterance), answer));
  }
});

it('Every skill can be called as a tool', async () => {
  const world = new TimerWorld('2026-11-23T12:00:00Z');
  await world.switchOn();
  const { skill } = await someLists();
  const all: readonly Pick<IntentSkill<unknown>, 'args' | 'description'>[] = [
    timerSkill(world.book),
    alarmSkill(world.book),
    skill,
    chanceSkill(systemRandom),
    mathSkill(math),
    unitsSkill(math),
  ];
  for (const { args, description } of all) {
    assert.equal(z.toJSONSchema(args)['type'], 'object');
    assert.match(description, /\.$/);
  }
});
