import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isSpeakable, splitClauses } from '../../../../src/speech/tts/clauses.js';

const texts = (text: string) => splitClauses(text).map((clause) => clause.text);

const cases: readonly [why: string, expected: string[]][] = [
  ['at commas between long parts', ['When the rain has stopped,', 'we can go to the park.']],
  ['at sentences', ['The kettle is on.', 'It should boil in three minutes.']],
  ['but leaves a greeting with what follows', ['Hello, world. How are you?']],
  ['but leaves a short list in one piece', ['Milk, eggs, bread,', 'butter, and a little salt.']],
  ['but leaves a short end with what it belongs to', ['Turn the kitchen lamp on, please.', 'Then go to bed.']],
  ['and lets a short last sentence stand', ['The timer is set.', 'Anything else?']],
  ['but joins short sentences', ['Sure. Timer set.', 'Shall I go on with it?']],
  ['but not at titles and times', ['Dr. Smith came at 5 p.m. today.']],
  ['but not within numbers', ['It costs 3,000 at 10:30 on www.example.com/a,b.']],
  ['after a closing quote', ['He has met "Mr. Brown,"', 'who lives around the corner.']],
];

/** Texts with everything that splitting depends on. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'hello',
        'Dr.',
        'p.m.',
        '3,000',
        '10:30',
        'I',
        'U.S.',
        'http://a.b/c,d',
        '你好，',
        'x'.repeat(450),
      ),
      fc.constantFrom(',', '.', '!', '?', ';', ':', '—', ' - ', '…', '"', ')', '\n', ' ', '  ', '😀'.repeat(150)),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 60 },
  )
  .chain((parts) => fc.constantFrom(' ', '').map((glue) => parts.join(glue)));

const squeezed = (text: string) => text.replace(/\s+/gu, '');

describe('clauses', () => {
  for (const [why, expected] of cases) {
    it(`splits ${why}`, () => assert.deepEqual(texts(expected.join(' ')), expected));
  }

  it('says how each clause ends', () => {
    const ends = splitClauses('When the rain has stopped, we can go home now. Yes').map((clause) => clause.ends);
    assert.deepEqual(ends, ['clause', 'sentence', 'cut']);
    assert.deepEqual(
      splitClauses('Let me think about that,').map((clause) => clause.ends),
      ['clause'],
    );
  });

  it('finds nothing to say in blanks and marks', () => {
    for (const text of ['', '  \n ', '...', '?!', '— "', '🎉']) assert.deepEqual(splitClauses(text), []);
  });

  it('cuts what has no pause into parts of about equal length, at spaces', () => {
    const words = 'the quick brown fox jumps over the lazy dog and '.repeat(9).trim(); // 431 characters
    const parts = splitClauses(words);
    assert.equal(parts.map(({ text }) => text).join(' '), words);
    assert.deepEqual(
      parts.map(({ ends }) => ends),
      ['cut', 'cut', 'cut'],
    );
    for (const { text } of parts) assert.ok(text.length > 130 && text.length <= 200, `${text.length} characters`);
  });

  it('leaves a short start on its own rather than cut the long clause that it would be joined to', () => {
    const long = 'the quick brown fox jumps over the lazy dog and '.repeat(4).trim(); // 191 characters
    assert.deepEqual(texts(`Well then, ${long}`), ['Well then,', long]);
  });

  it('cuts a long word, but no character in two', () => {
    const parts = texts(`a${'😀'.repeat(150)}`);
    assert.deepEqual(
      parts.map((part) => part.length),
      [199, 102],
    );
  });

  it('loses nothing but white space', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const joined = squeezed(texts(text).join(''));
        assert.equal(joined, isSpeakable(text) ? squeezed(text) : '');
      }),
    );
  });

  it('keeps within the bounds', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 10, max: 300 }), (text, maxCharacters) => {
        for (const clause of splitClauses(text, { minWords: 3, minLetters: 12, maxCharacters })) {
          assert.ok(clause.text.length <= maxCharacters && clause.text.trim() === clause.text && clause.text !== '');
        }
      }),
    );
  });
});
