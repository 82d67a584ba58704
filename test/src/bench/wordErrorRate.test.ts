import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wordErrorRate } from '../../../src/bench/wordErrorRate.js';
import { spokenForm } from '../../../src/speech/text/spokenForm.js';

describe('the word error rate', () => {
  for (const [reference, transcript, errors] of [
    ['turn on the lamp', 'Turn on the lamp.', 0],
    ['turn on the lamp', 'turn off the lamp', 1],
    ['turn on the lamp', 'turn the lamp', 1],
    ['turn on the lamp', 'please turn on the lamp', 1],
    ['turn on the lamp', '', 4],
    ['', 'you', 1],
    ['one two three', 'two three one', 2],
  ] as const) {
    it(`counts ${errors} between "${reference}" and "${transcript}"`, () => {
      assert.equal(wordErrorRate([{ reference, transcript }]).errors, errors);
    });
  }

  it('weighs each word alike, not each clip', () => {
    const pairs = [
      { reference: 'yes', transcript: 'no' },
      { reference: 'one two three', transcript: 'one two three' },
    ];
    assert.deepEqual(wordErrorRate(pairs), { words: 4, errors: 1, rate: 0.25 });
    assert.deepEqual(wordErrorRate([]), { words: 0, errors: 0, rate: 0 });
  });
});

describe('what can be heard of a text', () => {
  for (const [written, heard] of [
    ['To-morrow, any one may go to day.', 'tomorrow anyone may go today'],
    ['Cold-hearted: “ill disposed”!', 'cold hearted ill disposed'],
    ['The town centre is 10 metres from the grey theatre', 'the town center is ten meters from the gray theater'],
    ['2 litres, 30 kilometres', 'two liters thirty kilometers'],
    ["That's the boys' colour", "that's the boys color"],
    ['5 5 7:30', 'five five seven thirty'],
    ['1,234,567', 'one million two hundred thirty four thousand five hundred sixty seven'],
    ['007 3.05 and 50%', 'zero zero seven three point zero five and fifty percent'],
  ] as const) {
    it(`"${written}" is "${heard}"`, () => assert.equal(spokenForm(written).join(' '), heard));
  }
});
