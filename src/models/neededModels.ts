import path from 'node:path';
import type { Config } from '../config/config.js';
import { parseVoice } from '../config/voiceSetting.js';
import { wakeWordsOf } from '../config/wakeSettings.js';
import { END_OF_TURN_MODEL_ID, VAD_MODEL_ID } from './catalogue.js';
import { modelFolder } from './modelFolder.js';
import { WAKE_FEATURES_MODEL_ID } from './wakeWordModels.js';

/** The models of the catalogue that a configuration needs to hear: VAD and ASR. */
export function earModels(config: Config): string[] {
  return [VAD_MODEL_ID, config.asr.model];
}

/** The model that judges the end of a turn; none where the words do. */
export function endOfTurnModels(config: Config): string[] {
  return config.endpointing.endOfTurn === 'smart-turn' ? [END_OF_TURN_MODEL_ID] : [];
}

/** The model of the configured voice; none where it needs no download. */
export function voiceModels(config: Config): string[] {
  const voice = parseVoice(config.tts.voice);
  return voice && 'modelId' in voice ? [voice.modelId] : [];
}

/** The models of the configured wake words; none while there is no such word. */
export function wakeModels(config: Config): string[] {
  const words = wakeWordsOf(config.wake);
  const classifiers = words.flatMap(({ model }) => ('id' in model ? [model.id] : []));
  return words.length === 0 ? [] : [WAKE_FEATURES_MODEL_ID, ...classifiers];
}

/** All models of the catalogue that a configuration needs. */
export function neededModels(config: Config): string[] {
  return [...earModels(config), ...endOfTurnModels(config), ...wakeModels(config), ...voiceModels(config)];
}

/** The folder of models that a configuration asks for; `~/` is the user's home. */
export function configuredModelFolder(
  config: Config,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const chosen = config.models.folder.replace(/^~(?=\/|$)/, home);
  return chosen ? path.resolve(chosen) : modelFolder(env, home);
}
