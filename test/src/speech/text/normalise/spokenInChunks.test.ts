import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ClauseChunker } from '../../../../../src/speech/text/clauseChunker.js';
import { spokenText } from '../../../../../src/speech/text/normalise/spokenText.js';
import { SentenceChunker } from '../../../../../src/speech/text/sentenceChunker.js';
import { speakable } from '../../../../../src/speech/text/speakableText.js';
import { measureCases } from './measureCases.js';
import { numberCases, serialCases, wordCases } from './spokenCases.js';

const america = { language: 'en-US', clock: '12h' } as const;

const cases = Object.values({ ...numberCases, ...measureCases, ...serialCases, ...wordCases })
  .flat()
  .map(([written]) => written);

const said = (chunks: readonly string[]): string =>
  chunks
    .map((chunk) => spokenText(speakable(chunk), america))
    .join(' ')
    .replace(/[^\p{L}\d' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** @param lateAfter of how many characters the next one is late */
function cut(text: string, lateAfter: number): string[] {
  const chunker = new ClauseChunker(new SentenceChunker());
  const chunks = Array.from(text).flatMap((character, index) => [
    ...chunker.push(character),
    ...(index + 1 === lateAfter ? chunker.idle() : []),
  ]);
  return [...chunks, ...chunker.flush()];
}

describe('text as it is said, chunk by chunk', () => {
  it('has the words that the whole text has', () => {
    for (const text of cases.flatMap((written) => [written, `As they said on the phone, there is more: ${written}`])) {
      assert.equal(said(cut(text, 0)), said([text]), text);
    }
  });

  it('has them wherever the model falls silent in a number or in what is counted', () => {
    for (const text of [
      'It weighs 3.5 kg.',
      'It costs $1,250.75 now.',
      'At 7:30 p.m. today.',
      'Add 2 1/2 cups.',
      'It is 192.168.1.10.',
    ]) {
      for (let late = 1; late < text.length; late++)
        assert.equal(said(cut(text, late)), said([text]), `${text} ${late}`);
    }
  });
});
