import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createResampler } from '../../../../hardware/audio/resampler.js';
import { wordErrorRate } from '../../../../src/bench/wordErrorRate.js';
import { openVoice } from '../../../../src/speech/tts/openVoice.js';
import { ASR_MODEL, openRecognizer } from '../../../fixtures/ears.js';
import { skipWithoutModel } from '../../../fixtures/models.js';
import { sharedFile, skipWithout } from '../../../fixtures/shared.js';

/** What an assistant says, without names or numbers that are spelled in several ways. */
const SENTENCES = [
  'The kettle is on and the water will boil soon.',
  'It looks like rain this afternoon, so take a coat with you.',
  'I have added eggs, butter and flour to your shopping list.',
  'The lamp in the living room is now off.',
  'You can freeze the soup and eat it next week.',
  'Plants need light and water to grow.',
  'The museum is closed on Monday, but the park is open.',
  'Let the dough rest for an hour before you bake it.',
  'A whale is not a fish, because it breathes air.',
  'The next train leaves in twenty minutes.',
  'Good morning, I hope you slept well.',
  'The moon is full tonight and the sky is clear.',
  'Please close the window before you leave the house.',
  'Honey keeps for many years if the jar is closed.',
  'I do not know the answer to that question.',
  'Your alarm is set for seven in the morning.',
  'Most birds fly south when the winter comes.',
  'Wash the rice twice and then cook it slowly.',
  'The library has a quiet room on the second floor.',
  'Turn left at the church and walk down to the river.',
  'Sound travels faster in water than in air.',
  'There are three messages waiting for you.',
  'The bread is fresh and still warm.',
  'She plays the piano every evening after dinner.',
  'Put the milk back in the fridge, please.',
  'The old bridge was built over a hundred years ago.',
  'Cats sleep for most of the day.',
  'We could watch a film or play a game tonight.',
  'The road is wet, so drive slowly.',
  'Thank you, and have a good night.',
];

const amy = sharedFile('voices/en_US-sano_amy-tiny.onnx');

describe('a voice that is heard by the recogniser', () => {
  const recognizer = openRecognizer();
  const signal = new AbortController().signal;
  after(() => recognizer.close());

  const voices = [
    { spec: 'flite:rms', most: 0.1, skip: skipWithoutModel(ASR_MODEL) },
    { spec: `piper:${amy}`, most: 0.05, skip: skipWithout(amy) || skipWithoutModel(ASR_MODEL) },
  ];
  for (const { spec, most, skip } of voices) {
    it(`is understood: ${spec.replace(/:.*\//, ':')}, at most ${most * 100} % of the words wrong`, {
      skip,
    }, async (t) => {
      const voice = openVoice(spec);
      const resampler = await createResampler(voice.sampleRateHz, 16_000);
      try {
        const pairs: { reference: string; transcript: string }[] = [];
        for (const reference of SENTENCES) {
          const pieces: number[] = [];
          for await (const { samples } of voice.synthesize(reference, signal)) {
            for (let from = 0; from < samples.length; from += resampler.maxBlockSamples) {
              pieces.push(...resampler.process(samples.subarray(from, from + resampler.maxBlockSamples)));
            }
          }
          pieces.push(...resampler.flush());
          const { text } = await recognizer.transcribe(Float32Array.from(pieces), signal);
          pairs.push({ reference, transcript: text });
        }
        const { rate, errors, words } = wordErrorRate(pairs);
        t.diagnostic(`${errors} of ${words} words wrong`);
        assert.ok(rate <= most, `${errors} of ${words} words wrong`);
      } finally {
        resampler.close();
        await voice.close();
      }
    });
  }
});
