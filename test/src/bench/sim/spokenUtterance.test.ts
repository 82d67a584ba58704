import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CORPUS_SENTENCES, sentencesOfTranscripts } from '../../../../src/bench/sim/corpusSentences.js';
import { spokenCorpus } from '../../../../src/bench/sim/spokenUtterance.js';

describe('the spoken corpus', () => {
  const corpus = spokenCorpus(CORPUS_SENTENCES, 200, 7);

  it('is the same for the same seed, and another for another', () => {
    assert.deepEqual(spokenCorpus(CORPUS_SENTENCES, 200, 7), corpus);
    assert.notDeepEqual(spokenCorpus(CORPUS_SENTENCES, 200, 8), corpus);
  });

  it('says every sentence before it says one again', () => {
    const first = corpus.slice(0, CORPUS_SENTENCES.length).map(({ transcript }) => transcript);
    assert.deepEqual(first.toSorted(), CORPUS_SENTENCES.toSorted());
  });

  it('puts a pause of 0.3 to 1.2 s into about a third of the utterances, between two words', () => {
    const paused = corpus.filter(({ pauses }) => pauses.length > 0);
    assert.ok(paused.length > 45 && paused.length < 85, `${paused.length}`);
    for (const { pauses, words } of paused) {
      for (const { startMs, endMs } of pauses) {
        assert.ok(endMs - startMs >= 300 && endMs - startMs <= 1_200);
        assert.ok(words.some((word) => word.endMs === startMs) && words.some((word) => word.startMs === endMs));
      }
    }
  });

  it('has words that follow each other until the last voiced moment', () => {
    for (const { words, lastVoicedMs } of corpus) {
      for (const [i, { startMs, endMs }] of words.entries()) {
        assert.ok(endMs > startMs);
        assert.ok(startMs >= (words[i - 1]?.endMs ?? 0));
      }
      assert.equal(words.at(-1)?.endMs, lastVoicedMs);
    }
  });

  it('can be made of the transcripts of recordings', () => {
    const tsv = 'a.wav\thuman\tten of clubs\nb.wav\tasr-reference\tHey, guys.\nnoise.wav\thuman\t\n';
    assert.deepEqual(sentencesOfTranscripts(tsv), ['ten of clubs', 'hey guys']);
  });

  it('needs something to say', () => {
    assert.throws(() => spokenCorpus([], 1, 1), RangeError);
  });
});
