import { InferenceWorker } from '../../inference/inferenceWorker.js';
import type { EndOfTurnModel } from './endOfTurn.js';
import { WINDOW_SAMPLES } from './logMel.js';

export interface SmartTurnWorkerData {
  readonly modelPath: string;
}

/**
 * Smart Turn v3 (pipecat-ai/smart-turn, BSD-2-Clause) in a thread of its own: a Whisper-tiny encoder with a classifier,
 * which hears the last 8 s of an utterance, its intonation above all.
 */
export class SmartTurn implements EndOfTurnModel {
  readonly name = 'smart-turn';
  readonly #worker: InferenceWorker;

  constructor(modelPath: string) {
    this.#worker = new InferenceWorker(new URL('./smartTurn.worker.js', import.meta.url), {
      modelPath,
    } satisfies SmartTurnWorkerData);
  }

  async warmUp(signal: AbortSignal): Promise<void> {
    await this.completeness(new Float32Array(WINDOW_SAMPLES), signal);
  }

  completeness(samples: Float32Array, signal: AbortSignal): Promise<number> {
    const ending = samples.slice(-WINDOW_SAMPLES);
    return this.#worker.call('completeness', { samples: ending }, signal, [ending.buffer]);
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
