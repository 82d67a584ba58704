import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CORPUS_SENTENCES } from '../../../../src/bench/sim/corpusSentences.js';
import { WAKE_WORDS } from '../../../../src/models/wakeWordModels.js';
import { withoutWakeWord } from '../../../../src/speech/wake/withoutWakeWord.js';
import { homeQuestions, homeRequests } from '../endpointing/homeUtterances.js';

const questions = [...CORPUS_SENTENCES, ...homeQuestions, ...homeRequests];

/** Word, what was heard, the question. All but the first three are what Moonshine made of recordings of people. */
const table: readonly (readonly [string, string, string])[] = [
  ['hey_jarvis', 'Hey Jarvis, what time is it?', 'what time is it?'],
  ['hey_jarvis', 'Okay so hey Jarvis what time is it', 'what time is it'],
  ['alexa', 'A lexa what time is it', 'what time is it'],
  ['alexa', 'Alexa.', ''],
  ['alexa', 'Alexa. The child almost hurt the small dog.', 'The child almost hurt the small dog.'],
  ['hey_mycroft', 'A Minecraft.', ''],
  ['hey_mycroft', 'Abi craft turned on the living room lamp.', 'turned on the living room lamp.'],
  ['hey_mycroft', '- Hey, Mike Croft. - The child almost hurt it.', 'The child almost hurt it.'],
  ['hey_mycroft', 'He, my craft.', ''],
  ['hey_rhasspy', 'A raspy.', ''],
  ['hey_rhasspy', 'Hey, raspy, turn on the living room lamp.', 'turn on the living room lamp.'],
  ['computer', 'Computer. Turn on the living room lamp.', 'Turn on the living room lamp.'],
];

describe('a question that began with a wake word', () => {
  for (const [word, heard, question] of table) {
    it(`is "${question}" where "${heard}" was heard`, () => assert.equal(withoutWakeWord(heard, word), question));
  }

  it('is found whatever it is, after each wake word', () => {
    for (const word of WAKE_WORDS) {
      for (const question of questions)
        assert.equal(withoutWakeWord(`${word.replace('_', ' ')}, ${question}`, word), question);
    }
  });
});

describe('a question without a wake word', () => {
  it('loses nothing', () => {
    for (const word of WAKE_WORDS) {
      for (const question of questions) assert.equal(withoutWakeWord(question, word), question);
    }
  });

  it('keeps a name that is part of it', () => {
    assert.equal(
      withoutWakeWord('who wrote the songs of Jarvis Cocker', 'hey_jarvis'),
      'who wrote the songs of Jarvis Cocker',
    );
  });
});

it('what is left is always the end of what was heard', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (transcript, word) => {
      const left = withoutWakeWord(transcript, word);
      assert.ok(left === transcript || transcript.trimEnd().endsWith(left));
    }),
  );
});
