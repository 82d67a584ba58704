import { workerData } from 'node:worker_threads';
import { loadModel, ort } from '../../inference/onnx.js';
import { OperationError, serveInference } from '../../inference/serveInference.js';
import type { OpenWakeWordFiles } from './openWakeWord.js';
import { STEP_SAMPLES, type WakeScores } from './wakeWord.js';

/** Samples of the step before that the spectrogram wants in front of the new ones, for exactly eight rows a step. */
const CONTEXT_SAMPLES = 480;
const ROWS_PER_STEP = 8;
const MEL_BANDS = 32;
/** Rows that one embedding sees: 0.76 s. */
const EMBEDDED_ROWS = 76;
const EMBEDDING_SIZE = 96;
/** Embeddings that a classifier sees: 1.28 s. */
const JUDGED_EMBEDDINGS = 16;

type Session = Awaited<ReturnType<typeof loadModel>>;

const files = workerData as OpenWakeWordFiles;
const models = Promise.all([
  loadModel(files.melspectrogram),
  loadModel(files.embedding),
  Promise.all(
    Object.entries(files.classifiers).map(async ([word, file]) => ({ word, session: await classifier(file) })),
  ),
]);
models.catch(() => {}); // reported by the first call

const sound = new Float32Array(CONTEXT_SAMPLES + STEP_SAMPLES);
const spectrogram = new Float32Array(EMBEDDED_ROWS * MEL_BANDS);
const embeddings = new Float32Array(JUDGED_EMBEDDINGS * EMBEDDING_SIZE);
/** How much of each was really heard since the reset; the rest is left from before. */
let heard = { steps: 0, rows: 0, embeddings: 0 };

async function classifier(file: string): Promise<Session> {
  const session = await loadModel(file);
  const [input] = session.inputMetadata;
  const [, count, size] = input?.isTensor ? input.shape : [];
  // A model need not say what it takes.
  if ((count ?? JUDGED_EMBEDDINGS) !== JUDGED_EMBEDDINGS || (size ?? EMBEDDING_SIZE) !== EMBEDDING_SIZE)
    throw notThisModel(file, `a classifier of ${JUDGED_EMBEDDINGS} speech embeddings`);
  return session;
}

function notThisModel(file: string, what: string): OperationError {
  return new OperationError('notThisModel', `${file} is not openWakeWord's: expected ${what}`);
}

/** The one output of a model with one input. */
async function run(model: Session, input: Float32Array, shape: readonly number[]): Promise<Float32Array> {
  const [inputName = '', outputName = ''] = [model.inputNames[0], model.outputNames[0]];
  const { [outputName]: output } = await model.run({ [inputName]: new ort.Tensor('float32', input, shape) });
  return output?.data instanceof Float32Array ? output.data : new Float32Array(0);
}

/** Moves `window` on by `newest`. */
function append(window: Float32Array, newest: Float32Array): void {
  window.copyWithin(0, newest.length);
  window.set(newest, window.length - newest.length);
}

async function hearStep(mel: Session, step: Int16Array): Promise<void> {
  append(sound, Float32Array.from(step)); // in the scale of 16 bits, as the model was trained
  heard.steps += 1;
  if (heard.steps === 1) return; // before it comes sound that was not heard
  const rows = await run(mel, sound, [1, sound.length]);
  if (rows.length !== ROWS_PER_STEP * MEL_BANDS) throw notThisModel(files.melspectrogram, 'eight rows of 32 bands');
  // The scale that the embedding was trained with, from the original's own code.
  append(
    spectrogram,
    rows.map((x) => x / 10 + 2),
  );
  heard.rows += ROWS_PER_STEP;
}

async function embed(embedding: Session): Promise<void> {
  const newest = await run(embedding, spectrogram, [1, EMBEDDED_ROWS, MEL_BANDS, 1]);
  if (newest.length !== EMBEDDING_SIZE)
    throw notThisModel(files.embedding, `an embedding of ${EMBEDDING_SIZE} numbers`);
  append(embeddings, newest);
  heard.embeddings += 1;
}

serveInference({
  /** Forgets what was heard: call it before a new stream. */
  async reset() {
    heard = { steps: 0, rows: 0, embeddings: 0 };
    return { value: undefined };
  },

  /** The scores after a whole number of steps; undefined when not all that they depend on was heard. */
  async score({ samples }: { samples: Int16Array }, signal: AbortSignal) {
    const [mel, embedding, classifiers] = await models;
    const steps = samples.length / STEP_SAMPLES;
    for (let n = 0; n < steps && !signal.aborted; n++) {
      await hearStep(mel, samples.subarray(n * STEP_SAMPLES, (n + 1) * STEP_SAMPLES));
      // An embedding that would be pushed out again before anything is judged need not be made.
      if (heard.rows >= EMBEDDED_ROWS && steps - n <= JUDGED_EMBEDDINGS) await embed(embedding);
    }
    if (heard.embeddings < JUDGED_EMBEDDINGS) return { value: undefined };
    const scores: Record<string, number> = {};
    for (const { word, session } of classifiers) {
      const [score, ...more] = await run(session, embeddings, [1, JUDGED_EMBEDDINGS, EMBEDDING_SIZE]);
      if (score === undefined || more.length > 0 || !(score >= 0 && score <= 1))
        throw notThisModel(files.classifiers[word] ?? word, 'one score from 0 to 1');
      scores[word] = score;
    }
    return { value: scores satisfies WakeScores };
  },
});
