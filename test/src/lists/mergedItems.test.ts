import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mergedItems } from '../../../src/lists/mergedItems.js';

describe('Two changes of one list', () => {
  const cases: readonly (readonly [string, string, string, string, string])[] = [
    ['both add', 'milk', 'milk bread', 'milk tea', 'milk tea bread'],
    ['both add the same', '', 'egg', 'eggs', 'eggs'],
    ['both remove', 'milk tea bread', 'milk tea', 'tea bread', 'tea'],
    ['one adds, the other clears', 'milk', 'milk tea', '', 'tea'],
    ['one clears, the other adds', 'milk', '', 'milk tea', 'tea'],
    ['nobody changes anything', 'milk tea', 'milk tea', 'milk tea', 'milk tea'],
  ];
  const items = (text: string) => text.split(' ').filter((item) => item !== '');
  for (const [what, base, mine, theirs, merged] of cases) {
    it(`are both made: ${what}`, () =>
      assert.deepEqual(mergedItems(items(base), items(mine), items(theirs)), items(merged)));
  }

  it('lose nothing that one has added, and keep nothing that one has removed', () => {
    const list = fc.uniqueArray(fc.constantFrom<string[]>('milk', 'tea', 'bread', 'ham', 'rice', 'salt'));
    fc.assert(
      fc.property(list, list, list, (base, mine, theirs) => {
        const merged = mergedItems(base, mine, theirs);
        const isWanted = (item: string) =>
          base.includes(item)
            ? mine.includes(item) && theirs.includes(item)
            : mine.includes(item) || theirs.includes(item);
        const all = new Set([...base, ...mine, ...theirs]);
        assert.deepEqual(new Set(merged), new Set([...all].filter(isWanted)));
        assert.equal(new Set(merged).size, merged.length);
      }),
    );
  });
});
