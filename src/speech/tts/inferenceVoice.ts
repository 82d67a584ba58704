import { InferenceError } from '../../inference/inferenceWorker.js';
import { VoiceError, type VoiceFailure } from './voice.js';

/** What a voice uses of an `InferenceWorker`. */
export interface VoiceThread {
  call<Result>(op: string, args: unknown, signal: AbortSignal): Promise<Result>;
  close(): Promise<void>;
}

const FAILURES: readonly string[] = [
  'notFound',
  'badModel',
  'badConfig',
  'notInstalled',
  'crashed',
] satisfies VoiceFailure[];

/** What went wrong in a voice's thread, as a `VoiceError` that names the voice. Anything else is returned unchanged. */
export function asVoiceError(voice: string, error: unknown): unknown {
  if (!(error instanceof InferenceError)) return error;
  const reason = FAILURES.includes(error.reason) ? (error.reason as VoiceFailure) : 'failed';
  return new VoiceError(reason, `the voice ${voice}: ${error.message}`, { cause: error });
}
