import type { WakeWordEar } from '../appliance/wakeWatch.js';
import type { Config } from '../config/config.js';
import { wakeWordsOf } from '../config/wakeSettings.js';
import type { ModelStore } from '../models/modelStore.js';
import { WAKE_FEATURES_MODEL_ID } from '../models/wakeWordModels.js';
import { OpenWakeWord } from '../speech/wake/openWakeWord.js';

/** The configured wake words; undefined when there are none. The caller closes the detector. */
export function openWakeWords(config: Config, store: ModelStore): WakeWordEar | undefined {
  const words = wakeWordsOf(config.wake);
  if (words.length === 0) return undefined;
  const classifiers = words.map(({ word, model }): [string, string] => {
    return [word, 'id' in model ? store.path(model.id, model.file) : model.path];
  });
  return {
    detector: new OpenWakeWord({
      melspectrogram: store.path(WAKE_FEATURES_MODEL_ID, 'melspectrogram.onnx'),
      embedding: store.path(WAKE_FEATURES_MODEL_ID, 'embedding_model.onnx'),
      classifiers: Object.fromEntries(classifiers),
    }),
    options: {
      thresholds: Object.fromEntries(words.map(({ word, threshold }) => [word, threshold])),
      refractoryMs: config.wake.refractoryMs,
    },
  };
}
