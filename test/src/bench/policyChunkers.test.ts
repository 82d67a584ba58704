import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LookAheadChunker, MarkChunker } from '../../../src/bench/policyChunkers.js';
import type { Chunker } from '../../../src/speech/text/chunker.js';

/** What each token released, and at last the end. */
function released(chunker: Chunker, tokens: readonly string[]): string[][] {
  return [...tokens.map((token) => chunker.push(token)), chunker.flush()];
}

describe('a chunker that looks for marks', () => {
  it('releases all that has arrived as soon as it ends in one', () => {
    const tokens = ['Yes', '.', ' It', ' is', '!', ' Oh'];
    assert.deepEqual(released(new MarkChunker('.!?'), tokens), [[], ['Yes.'], [], [], [' It is!'], [], [' Oh']]);
  });

  it('is fooled by a number', () => {
    assert.deepEqual(released(new MarkChunker('.!?'), ['about 3.', '14']), [['about 3.'], [], ['14']]);
  });

  it('splits at commas only if told so', () => {
    const tokens = ['In winter,', ' it snows.'];
    assert.deepEqual(released(new MarkChunker('.!?'), tokens), [[], ['In winter, it snows.'], []]);
    assert.deepEqual(released(new MarkChunker('.!?,'), tokens), [['In winter,'], [' it snows.'], []]);
  });
});

describe('a chunker that looks ahead', () => {
  it('releases a sentence when the next one begins, however late that is', () => {
    const chunker = new LookAheadChunker();
    assert.deepEqual(chunker.push('It is raining.'), []);
    assert.deepEqual(chunker.idle(), []);
    assert.deepEqual(chunker.push(' Take'), ['It is raining. ']);
    assert.deepEqual(chunker.flush(), ['Take']);
  });

  it('joins sentences that are too short', () => {
    const tokens = ['Yes.', ' It is raining now.', ' Take a coat.', ' Bye'];
    const chunks = released(new LookAheadChunker(20), tokens).flat();
    assert.deepEqual(chunks, ['Yes. It is raining now. ', 'Take a coat. Bye']);
  });
});
