import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { OpenWakeWord } from '../../../../src/speech/wake/openWakeWord.js';
import { HISTORY_STEPS, STEP_SAMPLES } from '../../../../src/speech/wake/wakeWord.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';
import { type Constant, FLOAT, INT64, type Node, onnxModel } from '../tts/onnxModel.js';

const never = new AbortController().signal;

const whole = (...values: number[]): Constant => ({ type: INT64, dims: [values.length], values });

/** What comes from `from` on along an axis, in another shape. */
function ending(from: number, axis: number, shape: readonly number[]) {
  const constants = { from: whole(from), to: whole(100_000), axis: whole(axis), shape: whole(...shape) };
  const nodes: readonly Node[] = [
    { op: 'Slice', inputs: ['input', 'from', 'to', 'axis'], output: 'end' },
    { op: 'Reshape', inputs: ['end', 'shape'], output: 'output' },
  ];
  return onnxModel({ input: FLOAT }, nodes, 'output', constants);
}

const mean: Node = { op: 'ReduceMean', inputs: ['input'], output: 'mean', attributes: { axes: [1, 2], keepdims: 0 } };
const sigmoid: Node = { op: 'Sigmoid', inputs: ['mean'], output: 'output' };

/** Models that pass on the samples: the score is the sigmoid of the mean of what came last in each of the last 16 steps. */
function openFakes(test: TestContext, classifier: readonly Node[] = [mean, sigmoid]): OpenWakeWord {
  const folder = temporaryFolder(test);
  const put = (name: string, model: Uint8Array) => {
    writeFileSync(path.join(folder, name), model);
    return path.join(folder, name);
  };
  const detector = new OpenWakeWord({
    melspectrogram: put('melspectrogram.onnx', ending(1760 - 8 * 32, 1, [1, 1, 8, 32])),
    embedding: put('embedding.onnx', ending(76 - 3, 1, [1, 1, 1, 96])),
    classifiers: {
      alexa: put('alexa.onnx', onnxModel({ input: FLOAT }, classifier, classifier.at(-1)?.output ?? '')),
    },
  });
  test.after(() => detector.close());
  return detector;
}

/** Step n of a sound that gets louder: all its samples are n. */
const step = (n: number) => new Int16Array(STEP_SAMPLES).fill(n);

function stepsAtOnce(first: number, count: number): Int16Array {
  return Int16Array.from({ length: count * STEP_SAMPLES }, (_, i) => first + Math.floor(i / STEP_SAMPLES));
}

/** The score after step `last`, by hand. */
function expected(last: number): number {
  return 1 / (1 + Math.exp(-((last - 7.5) / 10 + 2)));
}

function assertScore(scores: Readonly<Record<string, number>> | undefined, last: number): void {
  assert.ok(Math.abs((scores?.['alexa'] ?? Number.NaN) - expected(last)) < 1e-5, JSON.stringify(scores));
}

describe('openWakeWord', () => {
  it('gives no score before all that it depends on was heard, and then one after each step', async (test) => {
    const detector = openFakes(test);
    for (let n = 0; n < HISTORY_STEPS; n++) assert.equal(await detector.score(step(n), never), undefined);
    for (let n = HISTORY_STEPS; n < HISTORY_STEPS + 5; n++) assertScore(await detector.score(step(n), never), n);
  });

  it('scores many steps at once as it would have scored them one by one', async (test) => {
    const detector = openFakes(test);
    assertScore(await detector.score(stepsAtOnce(0, HISTORY_STEPS + 1), never), HISTORY_STEPS);
    assertScore(await detector.score(stepsAtOnce(HISTORY_STEPS + 1, 40), never), HISTORY_STEPS + 40);
    assertScore(await detector.score(stepsAtOnce(HISTORY_STEPS + 41, 3), never), HISTORY_STEPS + 43);
  });

  it('is warmed up without having heard anything, and forgets all when it is reset', async (test) => {
    const detector = openFakes(test);
    await detector.warmUp(never);
    assert.equal(await detector.score(stepsAtOnce(0, HISTORY_STEPS), never), undefined);
    assertScore(await detector.score(step(HISTORY_STEPS), never), HISTORY_STEPS);
    await detector.reset(never);
    assert.equal(await detector.score(stepsAtOnce(0, HISTORY_STEPS), never), undefined);
  });

  it('refuses a classifier that gives no score, and names it', async (test) => {
    const detector = openFakes(test, [mean]);
    await assert.rejects(detector.score(stepsAtOnce(100, HISTORY_STEPS + 1), never), {
      name: 'InferenceError',
      reason: 'notThisModel',
      message: /alexa\.onnx is not openWakeWord's: expected one score from 0 to 1/,
    });
  });

  it('says which file is missing and what to do', async () => {
    const files = { melspectrogram: '/nowhere/m.onnx', embedding: '/nowhere/e.onnx', classifiers: {} };
    const detector = new OpenWakeWord(files);
    try {
      await assert.rejects(detector.warmUp(never), {
        message: /^\/nowhere\/[me]\.onnx cannot be loaded .*pressel models/s,
      });
    } finally {
      await detector.close();
    }
  });
});
