import path from 'node:path';
import type { Config } from '../config/config.js';
import { parseVoice } from '../config/voiceSetting.js';
import { VAD_MODEL_ID } from './catalogue.js';
import { modelFolder } from './modelFolder.js';

/** The models of the catalogue that a configuration needs: VAD, ASR, and the voice unless it needs no download. */
export function neededModels(config: Config): string[] {
  const voice = parseVoice(config.tts.voice);
  const needed = [VAD_MODEL_ID, config.asr.model];
  return voice && 'modelId' in voice ? [...needed, voice.modelId] : needed;
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
