import { workerData } from 'node:worker_threads';
import type { Tensor } from 'onnxruntime-node';
import { loadModel, ort } from '../../inference/onnx.js';
import { OperationError, serveInference } from '../../inference/serveInference.js';
import type { MoonshineWorkerData } from './moonshine.js';
import { decodeTokens } from './moonshineTokens.js';

const START_OF_TRANSCRIPT = 1;
const END_OF_TEXT = 2;
/** Below about 1000 samples (62 ms) the encoder's convolutions have nothing left and the run throws. */
const MIN_SAMPLES = 1_600;
/** Cached attention of nothing: what the first step is given. Moonshine tiny has 8 heads of 36. */
const HEADS = 8;
const HEAD_SIZE = 36;

type Tensors = Record<string, Tensor>;

const { encoderPath, decoderPath, paddingMs, tokensPerSecond } = workerData as MoonshineWorkerData;
const models = Promise.all([loadModel(encoderPath, { boundedMemory: true }), loadModel(decoderPath)]);
models.catch(() => {}); // reported by the first call

serveInference({
  /**
   * Greedy decoding of one segment. The first token may not be the end of the text: the model ends at once on some
   * clear speech, and the VAD has already said that there are words.
   */
  async transcribe({ samples }: { samples: Float32Array }, signal) {
    const startedAt = performance.now();
    const [encoder, decoder] = await models;
    const hidden = await encode(encoder, samples);
    const maxTokens = Math.max(1, Math.trunc((samples.length / 16_000) * tokensPerSecond));
    const pastNames = decoder.inputNames.filter((name) => name.startsWith('past_key_values.'));
    let past: Tensors = Object.fromEntries(
      pastNames.map((name) => [name, new ort.Tensor('float32', new Float32Array(0), [0, HEADS, 1, HEAD_SIZE])]),
    );
    const tokens: number[] = [];
    let token = START_OF_TRANSCRIPT;
    while (tokens.length < maxTokens && !signal.aborted) {
      const isFirst = tokens.length === 0;
      const step = await decoder.run({
        input_ids: new ort.Tensor('int64', BigInt64Array.of(BigInt(token)), [1, 1]),
        encoder_hidden_states: hidden,
        use_cache_branch: new ort.Tensor('bool', Uint8Array.of(isFirst ? 0 : 1), [1]),
        ...past,
      });
      token = mostLikely(step['logits'], isFirst);
      if (token === END_OF_TEXT) break;
      tokens.push(token);
      past = nextPast(past, step, isFirst);
    }
    return { value: { text: decodeTokens(tokens), asrMs: performance.now() - startedAt } };
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

/** Argmax over the vocabulary at the last position. */
function mostLikely(logits: Tensor | undefined, maskEndOfText: boolean): number {
  if (!logits) throw new OperationError('badModel', `${decoderPath} is not a Moonshine decoder`);
  const scores = logits.data as Float32Array;
  const vocabulary = logits.dims.at(-1) ?? 0;
  const offset = scores.length - vocabulary;
  let best = -1;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < vocabulary; id++) {
    const score = scores[offset + id] ?? Number.NEGATIVE_INFINITY;
    if (score > bestScore && !(maskEndOfText && id === END_OF_TEXT)) {
      bestScore = score;
      best = id;
    }
  }
  return best;
}

/** The first step computes all keys and values; the cached branch returns valid ones for the decoder's own only. */
function nextPast(past: Tensors, step: Tensors, isFirst: boolean): Tensors {
  const next: Tensors = {};
  for (const name of Object.keys(past)) {
    const present = step[name.replace('past_key_values', 'present')];
    const kept = past[name];
    const chosen = isFirst || name.includes('.decoder.') ? present : kept;
    if (!chosen) throw new OperationError('badModel', `${decoderPath} returns no ${name}`);
    next[name] = chosen;
  }
  return next;
}
