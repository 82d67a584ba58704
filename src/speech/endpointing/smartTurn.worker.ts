import { workerData } from 'node:worker_threads';
import { loadModel, ort } from '../../inference/onnx.js';
import { OperationError, serveInference } from '../../inference/serveInference.js';
import { FRAME_COUNT, LogMel, MEL_BANDS } from './logMel.js';
import type { SmartTurnWorkerData } from './smartTurn.js';

const { modelPath } = workerData as SmartTurnWorkerData;
const session = loadModel(modelPath);
session.catch(() => {}); // reported by the first call
const logMel = new LogMel();

serveInference({
  /** Probability, 0 to 1, that the utterance is whole. The model's own last step is the sigmoid. */
  async completeness({ samples }: { samples: Float32Array }) {
    const model = await session;
    const features = new ort.Tensor('float32', logMel.of(samples), [1, MEL_BANDS, FRAME_COUNT]);
    const { [model.outputNames[0] ?? '']: output } = await model.run({ input_features: features });
    const probability = Number(output?.data[0]);
    if (output?.data.length !== 1 || !(probability >= 0 && probability <= 1))
      throw new OperationError('notThisModel', `${modelPath} gives no probability: it is not a Smart Turn v3 model`);
    return { value: probability };
  },
});
