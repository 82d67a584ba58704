import { workerData } from 'node:worker_threads';
import type { Tensor } from 'onnxruntime-node';
import { loadModel, ort } from '../../inference/onnx.js';
import { OperationError, serveInference } from '../../inference/serveInference.js';
import type { MoonshineRequest, MoonshineWorkerData } from './moonshine.js';
import { MoonshineDecoder } from './moonshineDecoder.js';
import { decodeTokens } from './moonshineTokens.js';
import type { Transcript } from './recognizer.js';

/** Below about 1000 samples (62 ms) the encoder's convolutions have nothing left and the run throws. */
const MIN_SAMPLES = 1_600;

const { encoderPath, decoderPath, paddingMs, tokensPerSecond } = workerData as MoonshineWorkerData;
const models = Promise.all([loadModel(encoderPath, { boundedMemory: true }), loadModel(decoderPath)]);
models.catch(() => {}); // reported by the first call

serveInference({
  async transcribe({ samples, draft }: MoonshineRequest, signal): Promise<{ value: Transcript }> {
    const startedAt = performance.now();
    const [encoder, session] = await models;
    const hidden = await encode(encoder, samples);
    const maxTokens = Math.max(1, Math.trunc((samples.length / 16_000) * tokensPerSecond));
    const { tokens, logProbability } = await new MoonshineDecoder(session).decode(hidden, { maxTokens, draft, signal });
    return { value: { text: decodeTokens(tokens), asrMs: performance.now() - startedAt, tokens, logProbability } };
  },
});

async function encode(encoder: Awaited<ReturnType<typeof loadModel>>, samples: Float32Array): Promise<Tensor> {
  const padding = Math.round((paddingMs / 1000) * 16_000);
  const padded = new Float32Array(Math.max(MIN_SAMPLES, samples.length + 2 * padding));
  padded.set(samples, padding);
  const { last_hidden_state: hidden } = await encoder.run({
    input_values: new ort.Tensor('float32', padded, [1, padded.length]),
  });
  if (!hidden) throw new OperationError('badModel', `${encoderPath} is not a Moonshine encoder`);
  return hidden;
}
