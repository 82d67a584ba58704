import { workerData } from 'node:worker_threads';
import { FRAME_SAMPLES } from '../../../hardware/audio/pcm.js';
import { loadModel, ort } from '../../inference/onnx.js';
import { serveInference } from '../../inference/serveInference.js';
import type { SileroWorkerData } from './sileroVad.js';

/** Samples of the frame before that the model wants in front of the new ones. Without them v6 hears nothing at all. */
const CONTEXT_SAMPLES = 64;

const { modelPath } = workerData as SileroWorkerData;
const session = loadModel(modelPath);
session.catch(() => {}); // reported by the first call
const sampleRate = new ort.Tensor('int64', BigInt64Array.of(16_000n), []);
const input = new Float32Array(CONTEXT_SAMPLES + FRAME_SAMPLES);
let state = freshState();

function freshState() {
  return new ort.Tensor('float32', new Float32Array(2 * 128), [2, 1, 128]);
}

serveInference({
  /** Forgets what was heard: call it before a new stream. */
  async reset() {
    input.fill(0);
    state = freshState();
    return { value: undefined };
  },

  /** Speech probability of the next frame of the stream, 0 to 1. */
  async probability({ samples }: { samples: Int16Array }) {
    const model = await session;
    input.copyWithin(0, FRAME_SAMPLES);
    for (let i = 0; i < FRAME_SAMPLES; i++) input[CONTEXT_SAMPLES + i] = (samples[i] ?? 0) / 32_768;
    const result = await model.run({
      input: new ort.Tensor('float32', input, [1, input.length]),
      state,
      sr: sampleRate,
    });
    const { output, stateN } = result;
    if (!output || !stateN) throw new Error(`${modelPath} is not a Silero VAD v5 or v6 model`);
    state = stateN as typeof state;
    return { value: Number(output.data[0]) };
  },
});
