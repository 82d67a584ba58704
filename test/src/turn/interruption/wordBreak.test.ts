import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type PlacedSound, wordBreak } from '../../../../src/turn/interruption/wordBreak.js';

/** A millisecond is a sample. Each letter is 10 ms: "v" a vowel, "s" a soft sound, "." a pause with some noise. */
function sound(drawing: string, atMs = 0): PlacedSound {
  const levels = new Map([
    ['v', 0.4],
    ['s', 0.1],
    ['.', 0.01],
  ]);
  const samples = Float32Array.from({ length: drawing.length * 10 }, (_, n) => {
    const level = levels.get(drawing.charAt(Math.floor(n / 10))) ?? 0;
    return n % 2 === 0 ? level : -level;
  });
  return { atMs, pcm: { samples, sampleRateHz: 1_000 } };
}

const vowels = (ms: number) => 'v'.repeat(ms / 10);

describe('the break before the word that was being heard', () => {
  it('is where it is likely to be where the words run into each other', () => {
    assert.equal(wordBreak([sound(vowels(2_000))], 1_300, 1_600), 1_300);
  });

  it('is the pause nearest to that, just before the next sound', () => {
    const spoken = sound(`${vowels(1_200)}....${vowels(460)}`); // the pause ends at 1,240
    assert.equal(wordBreak([spoken], 1_300, 1_600), 1_220);
    assert.equal(wordBreak([spoken], 1_100, 1_600), 1_220);
  });

  it('is not a later pause within the word, as before the "p" of "stop"', () => {
    const spoken = sound(`${vowels(1_200)}....${vowels(300)}...${vowels(200)}`);
    assert.equal(wordBreak([spoken], 1_260, 1_700), 1_220);
  });

  it('is no dip of less than 20 ms, and no soft sound', () => {
    assert.equal(wordBreak([sound(`${vowels(1_200)}.${vowels(500)}`)], 1_300, 1_600), 1_300);
    assert.equal(wordBreak([sound(`${vowels(1_200)}ssss${vowels(500)}`)], 1_300, 1_600), 1_300);
  });

  it('is no pause of more than half a second ago, nor one that comes later', () => {
    assert.equal(wordBreak([sound(`${vowels(1_000)}....${vowels(600)}....`)], 1_500, 1_600), 1_500);
  });

  it('is in the pause that is being heard, of which the rest is heard then', () => {
    const from = wordBreak([sound(`${vowels(1_000)}${'.'.repeat(30)}`)], 1_150, 1_200);
    assert.ok(from > 1_170 && from <= 1_200, `${from}`);
  });

  it('is found across pieces, and in digital silence', () => {
    const pieces = [sound(`${vowels(700)}...`), sound(`...${vowels(500)}`, 730)];
    assert.equal(wordBreak(pieces, 800, 1_000), 740);
    assert.equal(wordBreak([sound(' '.repeat(100))], 900, 900), 880);
  });

  it('is never more than a second back', () => {
    assert.equal(wordBreak([sound(vowels(3_000))], 500, 2_500), 1_500);
    assert.equal(wordBreak([], 500, 700), 500);
  });
});
