import { InferenceWorker } from '../../inference/inferenceWorker.js';
import type { SpeechRecognizer, Transcript } from './recognizer.js';

export interface MoonshineOptions {
  /** `encoder_model.onnx` and `decoder_model_merged.onnx` of Moonshine tiny. */
  readonly encoderPath: string;
  readonly decoderPath: string;
  /** Silence put before and after the segment (ms). 200 gives the fewest errors on recorded people. */
  readonly paddingMs: number;
  /** Longest transcript believed, in tokens per second of speech: a bound on the model's occasional loops. */
  readonly tokensPerSecond: number;
}

export type MoonshineWorkerData = MoonshineOptions;

/** What its thread is asked. */
export interface MoonshineRequest {
  readonly samples: Float32Array;
  readonly draft: readonly number[];
}

/** Moonshine tiny (ONNX, quantised, English) with key/value cache, in a thread of its own. */
export class Moonshine implements SpeechRecognizer {
  readonly name = 'moonshine-tiny';
  readonly #worker: InferenceWorker;

  constructor(options: MoonshineOptions) {
    this.#worker = new InferenceWorker(
      new URL('./moonshine.worker.js', import.meta.url),
      options satisfies MoonshineWorkerData,
    );
  }

  async warmUp(signal: AbortSignal): Promise<void> {
    await this.transcribe(new Float32Array(16_000), signal);
  }

  transcribe(samples: Float32Array, signal: AbortSignal, draft?: Transcript): Promise<Transcript> {
    return this.#worker.call('transcribe', { samples, draft: draft?.tokens ?? [] } satisfies MoonshineRequest, signal);
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
