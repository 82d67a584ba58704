import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firstWords, interruptions } from '../../../../src/bench/bargeIn/firstWords.js';
import { seededNumbers } from '../../../../src/bench/sim/seededNumbers.js';
import { drawnRecording } from '../../../fixtures/drawnRecording.js';

const msOf = (samples: Float32Array | undefined) => (samples?.length ?? 0) / 16;

describe('the first words of a recording', () => {
  it('end in the middle of a pause, half a second to two seconds after the voice began', () => {
    const recording = drawnRecording('..vvvv.vvvv..vvvvvvvvvvvvvvv.vv');
    for (let seed = 0; seed < 10; seed++) {
      const { name, samples } = firstWords(recording, seededNumbers(seed)) ?? {};
      assert.equal(msOf(samples), 1_200, 'the first pause is too early, the last one too late');
      assert.match(name ?? '', /, first words$/);
    }
  });

  it('may end in one pause or another', () => {
    const recording = drawnRecording('vvvvvv.vvvv.vvvvvvvvvv');
    const lengths = Array.from({ length: 20 }, (_, seed) => msOf(firstWords(recording, seededNumbers(seed))?.samples));
    assert.deepEqual([...new Set(lengths)].sort(), [1_150, 650]);
  });

  it('are not there without such a pause', () => {
    assert.equal(firstWords(drawnRecording('.vvvvvvvvvvvvvvvv.'), seededNumbers(1)), undefined);
    assert.equal(firstWords(drawnRecording('......'.replaceAll('.', ' ')), seededNumbers(1)), undefined);
  });
});

describe('interruptions', () => {
  const SHORT = drawnRecording('.vvvvvv.vvvvvv.', 'short');
  const LONG = drawnRecording(`.vvvvvvvv.${'v'.repeat(50)}.`, 'long');
  const OTHER = drawnRecording('.vvvvvvvvvvv.', 'other');

  it('are every recording once before one is heard again, and as many as wanted', () => {
    const found = interruptions([SHORT, LONG, OTHER], 6, 1);
    const names = found.map(({ name }) => name.replace(', first words', ''));
    assert.deepEqual(names.slice(0, 3).toSorted(), ['long', 'other', 'short']);
    assert.deepEqual(names.slice(3).toSorted(), ['long', 'other', 'short']);
  });

  it('are always first words of what is longer than 4 s', () => {
    const long = interruptions([LONG], 4, 1);
    assert.ok(long.every(({ name, samples }) => name === 'long, first words' && msOf(samples) < 2_000));
  });

  it('are first words and whole recordings in turn where both can be', () => {
    const names = interruptions([SHORT], 4, 1).map(({ name }) => name);
    assert.deepEqual(names, ['short, first words', 'short', 'short, first words', 'short']);
  });

  it('are the same for the same seed', () => {
    const names = (seed: number) => interruptions([SHORT, LONG, OTHER], 9, seed).map(({ name }) => name);
    assert.deepEqual(names(3), names(3));
    assert.notDeepEqual(names(3), names(4));
  });

  it('are none where there is no recording with a voice', () => {
    assert.deepEqual(interruptions([{ name: 'silence', transcript: '', samples: new Float32Array(8_000) }], 3, 1), []);
  });
});
