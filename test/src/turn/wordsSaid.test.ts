import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { wordsSaidBy } from '../../../src/turn/wordsSaid.js';

const words = (text: string): string[] => text.match(/\S+/g) ?? [];

describe('how many words have been said when a written one is over', () => {
  for (const [what, written, said, counts] of [
    ['word for word in plain text', 'The kettle is on.', 'The kettle is on.', [1, 2, 3, 4]],
    ['all words of a number', 'It weighs 3.5 kg now.', 'It weighs three point five kilograms now.', [1, 2, 4, 6, 7]],
    ['a long one', 'Call +14155550132 or write.', 'Call plus one, four one five, five or write.', [1, 7, 8, 9]],
    ['at the end', 'It is 7:05', 'It is seven oh five', [1, 2, 5]],
    ['whatever marks there are', '**Yes**, "it" is', 'Yes, it is', [1, 2, 3]],
    ['nothing in common', 'a b', 'w x y z', [2, 4]],
    ['nothing said', 'a b', '', [0, 0]],
  ] as const) {
    it(what, () => assert.deepEqual(wordsSaidBy(words(written), words(said)), counts));
  }

  it('never falls, and ends with all that was said', () => {
    const some = fc.array(fc.constantFrom('a', 'the', '5', 'five', 'kg', 'and', '-'), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'the', '5', 'kg', 'and'), { minLength: 1, maxLength: 40 }),
        some,
        (written, said) => {
          const counts = wordsSaidBy(written, said);
          assert.equal(counts.length, written.length);
          assert.deepEqual(
            counts.toSorted((a, b) => a - b),
            counts,
          );
          assert.ok(counts.every((count) => count >= 0 && count <= said.length));
        },
      ),
    );
  });
});
