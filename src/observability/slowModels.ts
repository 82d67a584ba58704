import type { MeasuredSpeeds } from './measuredSpeeds.js';

/** Who is as fast as the speeds say, as shown to people. */
export interface ModelNames {
  readonly asr: string;
  readonly llm: string;
  readonly tts: string;
}

export type ModelPart = keyof ModelNames;

/** A model that is slower than speech. */
export interface SlowModel {
  readonly part: ModelPart;
  /** Which model, how slow, what the owner notices and what helps. */
  readonly message: string;
}

/**
 * Tokens that a voice speaks in a second: 150 words a minute, an ordinary pace for reading aloud, at 4 tokens for 3 words
 * of English.
 */
export const SPEECH_TOKENS_PER_SECOND = 3.3;

/** The models that cannot keep up with speech. What has not been measured is none of them. */
export function slowModels(speeds: MeasuredSpeeds, names: ModelNames): SlowModel[] {
  const { asrRealTimeFactor, ttsRealTimeFactor, generatedTokensPerSecond } = speeds;
  const slow: SlowModel[] = [];
  if (ttsRealTimeFactor !== null && ttsRealTimeFactor > 1) {
    const needs = `needs ${ttsRealTimeFactor.toFixed(1)} s to make one second of speech`;
    const remedy = 'choose a smaller voice (tts.voice): "low" is faster than "medium", and flite:rms is the fastest';
    slow.push({ part: 'tts', message: `the voice ${names.tts} ${needs}, so answers will have gaps: ${remedy}` });
  }
  if (asrRealTimeFactor !== null && asrRealTimeFactor > 1) {
    const needs = `needs ${asrRealTimeFactor.toFixed(1)} s to understand one second of speech`;
    const remedy = 'see that the computer is cool, well powered and not busy with other work, or use a faster one';
    slow.push({ part: 'asr', message: `the recogniser ${names.asr} ${needs}, so answers will come late: ${remedy}` });
  }
  if (generatedTokensPerSecond !== null && generatedTokensPerSecond < SPEECH_TOKENS_PER_SECOND) {
    const writes = `writes ${generatedTokensPerSecond.toFixed(1)} tokens a second and speech takes ${SPEECH_TOKENS_PER_SECOND}`;
    const remedy = 'choose a smaller model (llm.model), or let a faster computer run it (llm.url)';
    slow.push({
      part: 'llm',
      message: `the language model ${names.llm} ${writes}, so answers will have gaps: ${remedy}`,
    });
  }
  return slow;
}
