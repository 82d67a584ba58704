import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FRAME_SAMPLES } from '../../../../hardware/audio/pcm.js';
import { SileroVad } from '../../../../src/speech/vad/sileroVad.js';
import { openVad, recordedFrames, VAD_MODEL } from '../../../fixtures/ears.js';
import { skipWithoutModel } from '../../../fixtures/models.js';
import { sharedFile, skipWithout } from '../../../fixtures/shared.js';

const never = new AbortController().signal;
const files = {
  speech: sharedFile('speech/psv_speech.wav'),
  'a quiet room': sharedFile('speech/psv_silence.wav'),
  'a dog': sharedFile('speech/esc50_1-100032-A-0.wav'),
  'a car horn': sharedFile('speech/esc50_2-100648-A-43.wav'),
  thunder: sharedFile('speech/esc50_3-103051-C-19.wav'),
  'a speech with pauses': sharedFile('speech/jfk.wav'),
};
const skip = skipWithoutModel(VAD_MODEL) || skipWithout(...Object.values(files));

describe('Silero VAD', { skip }, () => {
  let vad: SileroVad;
  before(() => {
    vad = openVad();
  });
  after(() => vad.close());

  async function listen(recording: keyof typeof files) {
    await vad.reset(never);
    const frames: { probability: number; energy: number }[] = [];
    for await (const frame of recordedFrames(files[recording] ?? '', never)) {
      const energy = frame.samples.reduce((sum, x) => sum + x * x, 0);
      frames.push({ probability: await vad.probability(frame, never), energy });
    }
    return frames;
  }

  it('hears speech', async () => {
    const frames = await listen('speech');
    assert.ok(frames.some(({ probability }) => probability > 0.9));
  });

  // Thunder is where it shows when the samples before each frame are not given to the model.
  for (const sound of ['a quiet room', 'a dog', 'a car horn', 'thunder'] as const) {
    it(`does not take ${sound} for speech`, async () => {
      const loudest = Math.max(...(await listen(sound)).map(({ probability }) => probability));
      assert.ok(loudest < 0.5, `${loudest}`);
    });
  }

  it('is sure of over 90 % of the frames in which a speaker is loud', async () => {
    const frames = await listen('a speech with pauses');
    const peak = Math.max(...frames.map(({ energy }) => energy));
    const active = frames.filter(({ energy }) => energy > peak / 1000);
    const heard = active.filter(({ probability }) => probability > 0.5);
    assert.ok(active.length > 100);
    assert.ok(heard.length / active.length > 0.9, `${heard.length} of ${active.length}`);
  });

  it('gives the same for the same recording after a reset', async () => {
    assert.deepEqual(await listen('speech'), await listen('speech'));
  });
});

describe('Silero VAD without its model', () => {
  it('says which file is missing and what to do', async () => {
    const vad = new SileroVad('/nowhere/silero_vad.onnx');
    const frame = { samples: new Int16Array(FRAME_SAMPLES), capturedAtMs: 0 };
    try {
      await assert.rejects(vad.probability(frame, never), {
        name: 'InferenceError',
        message: /^\/nowhere\/silero_vad\.onnx cannot be loaded .*pressel models/s,
      });
    } finally {
      await vad.close();
    }
  });
});
