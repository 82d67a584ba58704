import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { heardText, SpokenChunk } from '../../../src/turn/spokenChunk.js';

const second = { samples: new Float32Array(1_000), sampleRateHz: 1_000 };

/** Ten words, of which the first `seconds` of sound are made and played from the start of the clock. */
function tenWords(seconds: number, expectedMs?: number): SpokenChunk {
  const written = 'one two three four five,  six seven\neight nine ten. ';
  const chunk = new SpokenChunk({ spoken: 'one two three four five, six seven\neight nine ten.', written }, expectedMs);
  for (let n = 0; n < seconds; n++) {
    chunk.made(second);
    chunk.playing(second, n * 1_000, n * 1_000);
  }
  return chunk;
}

describe('what was heard of a chunk', () => {
  it('is the same share of its words as of its sound, with the white space between them', () => {
    const chunk = tenWords(5);
    chunk.complete();
    assert.equal(chunk.heardAt(3_600), 'one two three four five,  six seven');
    assert.equal(chunk.heardAt(4_200), 'one two three four five,  six seven\neight');
    assert.equal(chunk.heardAt(0), '');
    assert.equal(chunk.heardAt(5_000), chunk.text);
  });

  it('is as it was written, and has a number when all its words were heard', () => {
    const written = 'Call +14155550132 or come to us.';
    const spoken = 'Call plus one, four one five, five five five, zero one three two or come to us.';
    const chunk = new SpokenChunk({ spoken, written });
    for (let n = 0; n < 17; n++) {
      chunk.made(second);
      chunk.playing(second, n * 1_000, n * 1_000);
    }
    chunk.complete();
    assert.equal(chunk.heardAt(500), '');
    assert.equal(chunk.heardAt(9_000), 'Call');
    assert.equal(chunk.heardAt(14_000), 'Call +14155550132 or');
    assert.equal(chunk.heardAt(17_000), written);
  });

  it('is what a slow voice would have said by then while not all of its sound is made', () => {
    assert.equal(tenWords(2).heardAt(2_000), 'one two three four five,');
  });

  it('is what this voice is likely to have said by then where its pace is known, with caution', () => {
    assert.equal(tenWords(2, 2_500).heardAt(2_000), 'one two three four five,  six');
  });

  it('counts what is heard twice once, and not what was cut before it was heard', () => {
    const chunk = tenWords(5);
    chunk.complete();
    chunk.cut(3_600);
    assert.equal(chunk.heardAt(9_000), 'one two three four five,  six seven');
    chunk.playing(second, 2_000, 4_000);
    assert.equal(chunk.heardAt(4_500), 'one two three four five,  six seven');
    chunk.playing(second, 3_000, 5_000);
    assert.equal(chunk.heardAt(5_900), 'one two three four five,  six seven');
    assert.equal(chunk.heardAt(6_000), 'one two three four five,  six seven\neight');
  });

  it('is put together as it was written', () => {
    const [one, two] = [tenWords(1), tenWords(2)];
    one.complete();
    assert.equal(heardText([one, two], 2_000), `${one.text}one two three four five,`);
    assert.equal(heardText([one], 2_000), one.text.trim());
  });
});
