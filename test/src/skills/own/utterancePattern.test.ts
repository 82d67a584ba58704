import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { expressionPattern, PatternError, wordPattern } from '../../../../src/skills/own/utterancePattern.js';

suite('a pattern in words', () => {
  const cases: readonly (readonly [string, string, object | undefined])[] = [
    ['water the {plant}', 'water the big fern', { plant: 'big fern' }],
    ['Water the {plant}!', 'water the fern', { plant: 'fern' }],
    ['water the {plant}', 'could you water the fern', { plant: 'fern' }],
    ['water the {plant}', 'water the', undefined],
    ['water the {plant}', 'underwater the fern', undefined],
    ['water the {plant}', 'do not water the fern', undefined],
    ['(water|feed) [the] {plant}', 'feed fern', { plant: 'fern' }],
    ['(water|feed) [the] {plant}', 'water the fern', { plant: 'fern' }],
    ['[the] lights', 'lights', {}],
    ['[the] lights', 'the lights', {}],
    ['[the] lights', 'thelights', undefined],
    ['move {thing} to {place}', 'move a box to the loft', { thing: 'a box', place: 'the loft' }],
  ];
  for (const [pattern, words, slots] of cases) {
    test(`"${pattern}" ${slots ? 'reads' : 'does not read'} "${words}"`, () => {
      assert.deepEqual(wordPattern(pattern).match(words), slots);
    });
  }

  const broken: readonly (readonly [string, RegExp])[] = [
    ['water the {Plant}', /expected a slot such as \{plant\}/],
    ['water (the {plant}', /a "\)" is missing/],
    ['water the] {plant}', /nothing opens the "\]"/],
    ['{plant} and {plant}', /the slot \{plant\} twice/],
    ['...', /has no words/],
    ['water the fern please', /can never match: .*"water the fern please" becomes "water the fern"/],
  ];
  for (const [pattern, complaint] of broken) {
    test(`"${pattern}" is refused, and it is said why`, () => {
      assert.throws(
        () => wordPattern(pattern),
        (error) => error instanceof PatternError && complaint.test(error.message),
      );
    });
  }

  test('takes an utterance that is no request in no time', () => {
    const pattern = wordPattern('{a} to {b} to {c} to {d} end');
    assert.equal(pattern.match('to '.repeat(5000)), undefined);
  });
});

suite('a pattern as a regular expression', () => {
  test('covers the whole utterance, whether it says so or not', () => {
    const pattern = expressionPattern(/dim to (?<level>\d+)/g);
    assert.deepEqual(pattern.slots, ['level']);
    assert.deepEqual(pattern.match('dim to 5'), { level: '5' });
    assert.deepEqual(pattern.match('dim to 6'), { level: '6' });
    assert.equal(pattern.match('never dim to 5'), undefined);
  });
});
