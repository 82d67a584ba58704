import path from 'node:path';
import type { Config } from '../config/config.js';
import { parseVoice } from '../config/voiceSetting.js';
import { END_OF_TURN_MODEL_ID, VAD_MODEL_ID } from './catalogue.js';
import { modelFolder } from './modelFolder.js';

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

/** All models of the catalogue that a configuration needs. */
export function neededModels(config: Config): string[] {
  return [...earModels(config), ...endOfTurnModels(config), ...voiceModels(config)];
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
