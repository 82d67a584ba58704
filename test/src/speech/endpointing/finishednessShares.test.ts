import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CORPUS_SENTENCES } from '../../../../src/bench/sim/corpusSentences.js';
import { finishednessOf } from '../../../../src/speech/endpointing/finishedness.js';
import { homeQuestions, homeRequests, homeStatements } from './homeUtterances.js';

const requestsAndQuestions = [...homeRequests, ...homeQuestions];
const everything = [...CORPUS_SENTENCES, ...requestsAndQuestions, ...homeStatements];

/** What was heard of a sentence at each gap between two words, from two words on. */
function beginnings(sentence: string): string[] {
  const words = sentence.split(' ');
  return words.slice(2).map((_, i) => {
    return words
      .slice(0, i + 2)
      .join(' ')
      .replace(/[.,?!]$/, '');
  });
}

function share<Item>(items: readonly Item[], matches: (item: Item) => boolean): number {
  return items.filter(matches).length / items.length;
}

// The limits are a little above what is reached: many a beginning is a whole sentence too ("turn on the lights").
suite('of what people say to an assistant', () => {
  test('at most every sixth beginning sounds finished: there the user would be cut off', () => {
    const cutOff = share(everything.flatMap(beginnings), (text) => finishednessOf(text) === 'finished');
    assert.ok(cutOff < 1 / 6, `${cutOff}`);
  });

  test('19 of 20 whole requests and questions sound finished: for the others the user waits', () => {
    const finished = share(requestsAndQuestions, (text) => finishednessOf(text) === 'finished');
    assert.ok(finished >= 0.95, `${finished}`);
  });

  test('nothing that is whole sounds unfinished', () => {
    assert.deepEqual(
      everything.filter((text) => finishednessOf(text) === 'unfinished'),
      [],
    );
  });
});
