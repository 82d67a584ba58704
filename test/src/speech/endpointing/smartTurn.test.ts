import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { PcmFrame } from '../../../../hardware/audio/pcm.js';
import { FRAME_COUNT, LogMel, MEL_BANDS } from '../../../../src/speech/endpointing/logMel.js';
import { SmartTurn } from '../../../../src/speech/endpointing/smartTurn.js';
import { concatenate } from '../../../../src/speech/utterance.js';
import { recordedFrames } from '../../../fixtures/ears.js';
import { modelFile, skipWithoutModel } from '../../../fixtures/models.js';
import { sharedFile, skipWithout } from '../../../fixtures/shared.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';
import { FLOAT, INT64, type Node, onnxModel } from '../tts/onnxModel.js';

const never = new AbortController().signal;

/** A model that takes how loud the last frame is for how complete the utterance is. */
const LAST_FRAME: readonly Node[] = [
  { op: 'Slice', inputs: ['input_features', 'from', 'to', 'axis'], output: 'last' },
  { op: 'ReduceMean', inputs: ['last'], output: 'loudness', attributes: { axes: [1, 2], keepdims: 0 } },
  { op: 'Sigmoid', inputs: ['loudness'], output: 'logits' },
];

function smartTurn(test: TestContext, nodes: readonly Node[] = LAST_FRAME): SmartTurn {
  const number = (value: number) => ({ type: INT64, dims: [1], values: [value] });
  const constants = { from: number(FRAME_COUNT - 1), to: number(FRAME_COUNT), axis: number(2) };
  const modelPath = path.join(temporaryFolder(test), 'model.onnx');
  writeFileSync(modelPath, onnxModel({ input_features: FLOAT }, nodes, nodes.at(-1)?.output ?? '', constants));
  const model = new SmartTurn(modelPath);
  test.after(() => model.close());
  return model;
}

/** Noise of which the last half second is as loud as given. */
function noise(samples: number, endsAt: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, i) => {
    return (i < samples - 8_000 ? 0.5 : endsAt) * (((i * 7919) % 1009) / 504.5 - 1);
  });
}

describe('Smart Turn', () => {
  it('gives its model the spectrogram, and its answer as it is', async (test) => {
    const model = smartTurn(test);
    await model.warmUp(never);
    const samples = noise(40_000, 0.1);
    const features = new LogMel().of(samples);
    let sum = 0;
    for (let band = 0; band < MEL_BANDS; band++) sum += features[(band + 1) * FRAME_COUNT - 1] ?? 0;
    const expected = 1 / (1 + Math.exp(-sum / MEL_BANDS));
    assert.ok(Math.abs((await model.completeness(samples, never)) - expected) < 1e-5);
  });

  it('hears the end of the utterance, however long that is', async (test) => {
    const model = smartTurn(test);
    for (const samples of [16_000, 128_000, 300_000]) {
      const fading = await model.completeness(noise(samples, 0.001), never);
      const loud = await model.completeness(noise(samples, 0.5), never);
      assert.ok(fading < loud - 0.1, `${samples} samples: ${fading}, ${loud}`);
    }
  });

  it('leaves the samples to whoever else needs them', async (test) => {
    const samples = noise(16_000, 0.5);
    await smartTurn(test).completeness(samples, never);
    assert.equal(samples.length, 16_000);
  });

  it('stops waiting at once when it is told to', async (test) => {
    const stop = new AbortController();
    const judged = smartTurn(test).completeness(noise(16_000, 0.5), stop.signal);
    stop.abort(new Error('the user goes on'));
    await assert.rejects(judged, /the user goes on/);
  });

  it('does not take another model for itself', async (test) => {
    const model = smartTurn(test, [{ op: 'Neg', inputs: ['input_features'], output: 'turned' }]);
    await assert.rejects(model.warmUp(never), { name: 'InferenceError', reason: 'notThisModel' });
  });

  it('says which file is missing and what to do', async () => {
    const model = new SmartTurn('/nowhere/model.onnx');
    try {
      await assert.rejects(
        model.warmUp(never),
        /^InferenceError: \/nowhere\/model\.onnx cannot be loaded .*pressel models/s,
      );
    } finally {
      await model.close();
    }
  });
});

const SPEECH = sharedFile('speech/jfk.wav');

describe('Smart Turn with its own model', { skip: skipWithoutModel('smart-turn-v3') || skipWithout(SPEECH) }, () => {
  for (const [endMs, heard] of [
    [4_000, 'unfinished'],
    [7_500, 'unfinished'],
    [10_500, 'finished'],
  ] as const) {
    it(`hears that a speaker is ${heard} after ${endMs} ms`, async (test) => {
      const model = new SmartTurn(modelFile('smart-turn-v3', 'smart-turn-v3.2-cpu.onnx'));
      test.after(() => model.close());
      const frames: PcmFrame[] = [];
      for await (const frame of recordedFrames(SPEECH ?? '', never)) frames.push(frame);
      const completeness = await model.completeness(concatenate(frames).slice(0, endMs * 16), never);
      assert.equal(completeness >= 0.5 ? 'finished' : 'unfinished', heard, `${completeness}`);
    });
  }
});
