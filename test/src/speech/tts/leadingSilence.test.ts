import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PcmAudio } from '../../../../hardware/audio/pcm.js';
import { withoutLeadingSilence } from '../../../../src/speech/tts/leadingSilence.js';
import { allPieces } from './spokenSound.js';

/** Pieces of a sample a millisecond, and what is left of them. */
async function left(...pieces: number[][]): Promise<number[][]> {
  const all = (async function* (): AsyncGenerator<PcmAudio> {
    for (const samples of pieces) yield { samples: Float32Array.from(samples), sampleRateHz: 1000 };
  })();
  return (await allPieces(withoutLeadingSilence(all))).map(({ samples }) => [...samples]);
}

const silence = (ms: number) => new Array<number>(ms).fill(0);

describe('sound without its leading silence', () => {
  it('begins 10 ms before the first audible sample', async () => {
    assert.deepEqual(await left([...silence(200), 1]), [[...silence(10), 1]]);
    assert.deepEqual(await left([...silence(3), 1]), [[...silence(3), 1]]);
  });

  it('leaves out whole pieces of silence before it, but for the end of the last', async () => {
    assert.deepEqual(await left(silence(50), silence(50), [...silence(20), 1]), [[...silence(10), 1]]);
    assert.deepEqual(await left([0.5e-2, ...silence(7)], [0, 0, 1, 1]), [[Math.fround(0.5e-2), ...silence(9), 1, 1]]);
  });

  it('keeps silence within the sound', async () => {
    assert.deepEqual(await left([1], silence(30), [1]), [[1], silence(30), [1]]);
  });

  it('leaves the last piece of a sound that nobody can hear', async () => {
    assert.deepEqual(await left(silence(5), silence(4)), [silence(4)]);
    assert.deepEqual(await left(), []);
  });
});
