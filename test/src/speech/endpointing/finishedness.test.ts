import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Finishedness, finishednessOf } from '../../../../src/speech/endpointing/finishedness.js';

const TABLE: Readonly<Record<Finishedness, readonly string[]>> = {
  finished: [
    'What time is it?',
    'what time is it',
    "What's the weather like in Berlin?",
    'Set a timer for ten minutes.',
    'Turn on the living room lamp.',
    'Turn the lights off.',
    'Turn it on.',
    'Please switch it off.',
    'Who are you?',
    'What is it for?',
    'Where are you from?',
    'Tell me why the sky is blue.',
    'How do I boil an egg?',
    'Can you hear me?',
    'Add milk to the shopping list.',
    'Yes.',
    'No.',
    'Okay.',
    'Thank you.',
    'Stop.',
    'Who is it for, you?',
    'Do you know what that is?',
    'Play some music please',
    'Give me a little more.',
    'Set the alarm for 7:30.',
    "Why isn't it working?",
    'Is it going to rain tomorrow',
    'Explain how a fridge works.',
    'Wake me at six.',
    'Say that again.',
  ],
  unfinished: [
    'Turn on the',
    'Turn on the.',
    'Set a timer for',
    'What is the weather in',
    'Tell me a joke about',
    'I want to know whether',
    'And then I went to the shop and',
    'Remind me to',
    'So, um',
    'What is the, uh',
    'My number is five five five',
    'Call 0171 555',
    'The code is 1 2 3 4',
    'Add eggs, butter,',
    'Add eggs, butter and',
    'I was wondering if you could',
    "I'm looking for a",
    'Could you please',
    'Because it is very',
    'When I was young...',
    'How many people live in the',
    'What happens when',
    "Let's",
    'Play something by',
    'Is there any',
    'Between the kitchen and the',
    'Search for the best way to',
    'Write a letter to my',
    'The number of',
  ],
  unclear: [
    '',
    '   ',
    'Kettle.',
    'The cat sat on the mat.',
    'I went home yesterday.',
    'My name is Ada.',
    'Good morning, everyone.',
    'If it rains, then',
    'Berlin',
  ],
};

suite('how finished something sounds', () => {
  for (const [expected, texts] of Object.entries(TABLE)) {
    for (const text of texts) test(`"${text}" is ${expected}`, () => assert.equal(finishednessOf(text), expected));
  }

  test('does not depend on the spelling of apostrophes and capitals', () => {
    assert.equal(finishednessOf('WHAT’S THE TIME'), finishednessOf("what's the time"));
  });
});
