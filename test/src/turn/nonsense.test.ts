import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededNumbers } from '../../../src/bench/sim/seededNumbers.js';
import { isNonsense, loudnessOf } from '../../../src/turn/nonsense.js';
import { sharedFile, skipWithout } from '../../fixtures/shared.js';
import { transcribedRecordings } from '../../fixtures/transcribedRecordings.js';

const CLEAR = { speechDb: -25, floorDb: -60 };
const NOISE = { speechDb: -40, floorDb: -45 };
const SILENCE = { speechDb: -70, floorDb: -90 };

const INVENTED =
  `Thank you.|thank you|Thank you. Thank you.|you|You|Thanks for watching!|Thank you for watching.|Bye.|Bye-bye.|Okay.|Oh.
I'm sorry.|The end.|Please subscribe.|Yeah.|so|Thank you very much.`.split(/[|\n]/);
const NOTHING = ['', ' ', '.', '...', 'a', 'I', 'Um.', 'Hmm', '[BLANK_AUDIO]', '(coughing)', '♪'];
const WORDS = [
  'What time is it?',
  'Thank you, and what about tomorrow?',
  'Stop.',
  '5',
  'Who are you?',
  'Bye the way',
  'Tuesday',
];

describe('a transcript', () => {
  for (const transcript of NOTHING)
    it(`"${transcript}" says nothing, however loud`, () => assert.equal(isNonsense(transcript, CLEAR), true));
  for (const transcript of INVENTED) {
    it(`"${transcript}" is invented when nothing is loud`, () => {
      assert.equal(isNonsense(transcript, NOISE), true);
      assert.equal(isNonsense(transcript, SILENCE), true);
    });
    it(`"${transcript}" is no nonsense when said clearly`, () => assert.equal(isNonsense(transcript, CLEAR), false));
  }
  for (const transcript of WORDS)
    it(`"${transcript}" is no nonsense, however soft`, () => assert.equal(isNonsense(transcript, NOISE), false));
});

describe('loudness', () => {
  const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 0.1, `${actual}`);

  it('is that of the loudest 300 ms and the quietest tenth', () => {
    const samples = new Float32Array(32_000).fill(0.01);
    samples.fill(0.1, 16_000, 16_000 + 4_800);
    samples.fill(0.001, 0, 3_200);
    const { speechDb, floorDb } = loudnessOf(samples);
    near(speechDb, -20);
    near(floorDb, -60);
  });

  it('is not that of a click', () => {
    const samples = new Float32Array(16_000);
    samples[8000] = 1;
    near(loudnessOf(samples).speechDb, -36.8);
  });

  it('is measured of nothing, of silence and of a short clip', () => {
    assert.deepEqual(loudnessOf(new Float32Array(0)), { speechDb: -100, floorDb: -100 });
    assert.deepEqual(loudnessOf(new Float32Array(16_000)), { speechDb: -100, floorDb: -100 });
    near(loudnessOf(new Float32Array(1600).fill(0.1)).speechDb, -20);
  });

  it('hardly differs in a steady noise', () => {
    const random = seededNumbers(1);
    const { speechDb, floorDb } = loudnessOf(Float32Array.from({ length: 32_000 }, () => 0.1 * (random() - 0.5)));
    assert.ok(speechDb - floorDb < 3, `${speechDb} ${floorDb}`);
  });

  const transcripts = sharedFile('speech/transcripts.tsv');
  it('tells every recording of speech from a steady noise', { skip: skipWithout(transcripts) }, async () => {
    for await (const { name, samples } of transcribedRecordings(transcripts ?? ''))
      assert.equal(
        isNonsense('Thank you.', loudnessOf(samples)),
        false,
        `${name} ${JSON.stringify(loudnessOf(samples))}`,
      );
  });
});
