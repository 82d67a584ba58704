import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asksBack } from '../../../src/turn/asksBack.js';

const ASKS = [
  'Which day do you mean?',
  'Sure. Timer set. Anything else?',
  'It is ten past four. Would you like a reminder?',
  'Would you like the recipe? ',
  'Shall I go on?\n',
  'Do you want to hear more? 😊',
  '**Would you like to know more?**',
  'There are two of them (which one do you want?)',
  'Did you mean "where?"',
  'Did you mean “Berlin?”',
  'So what do you mean by "soon?"',
  'Is it for you, or for a friend?!?',
  'Would you like another one? Just let me know.',
  'Do you need more details? Let me know!',
  'Why did the chicken cross the road?',
  'Okay?',
];
const DOES_NOT = [
  '',
  'It is ten past four.',
  'You asked "what time is it?" and it is four.',
  'He went to the door and asked, "Who is there?"',
  'The wolf said: “Why are you afraid?”',
  'Hamlet asks whether "to be or not to be?"',
  "In French it is 'où est la gare?'",
  'What is love? It is a song.',
  "Isn't that amazing?",
  'A day on Venus is longer than its year. Isn’t that fascinating?',
  'He won the lottery twice. Who would have thought?',
  'It was the cat. Who knew?',
  'Pretty tall, huh?',
  'Let me know what you think.',
  '?!.',
  'I wonder why.',
];

describe('a reply', () => {
  for (const reply of ASKS) it(`asks back with "${reply}"`, () => assert.equal(asksBack(reply), true));
  for (const reply of DOES_NOT) it(`does not ask back with "${reply}"`, () => assert.equal(asksBack(reply), false));
});
