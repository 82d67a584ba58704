import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WordPlaces } from '../../../src/turn/wordPlaces.js';

/** Fifteen letters: a hundred milliseconds each. */
const words = new WordPlaces('One two – three,\nfour.');

describe('the places of words in their sound', () => {
  it('are by their share of the letters', () => {
    assert.equal(words.letters, 15);
    const begins = [0, 299, 300, 599, 600, 1_099, 1_100, 1_499].map((ms) => Math.round(words.wordBeginMs(ms, 1_500)));
    assert.deepEqual(begins, [0, 0, 300, 300, 600, 600, 1_100, 1_100]);
  });

  it('are nowhere after the last word', () => {
    assert.equal(words.wordBeginMs(1_500, 1_500), 1_500);
    assert.equal(new WordPlaces('...').wordBeginMs(100, 1_500), 100);
  });

  it('give the words of a stretch: those of which most is in it, and the one that it ends in', () => {
    assert.equal(words.between(0, 1_500, 1_500), 'One two – three,\nfour.');
    assert.equal(words.between(400, 650, 1_500), 'two – three,');
    assert.equal(words.between(500, 1_100, 1_500), '– three,');
    assert.equal(words.between(0, 0, 1_500), '');
  });
});
