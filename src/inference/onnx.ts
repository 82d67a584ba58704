import { messageOf } from '../failures/messageOf.js';

/**
 * The one door to onnxruntime. Import it in worker threads only: `run()` computes on the calling thread.
 * `InferenceWorker` has switched the library's telemetry off before any thread exists; the line below keeps a stray
 * direct import honest too.
 */
process.env['ORT_DISABLE_TELEMETRY'] = '1';
export const ort = await import('onnxruntime-node');

/** What differs between models. */
export interface LoadOptions {
  /** The model, where it is not the file's own content. */
  readonly bytes?: Uint8Array;
  /** Gives memory back between runs, at ~14 % more time; for inputs of varying length. */
  readonly boundedMemory?: boolean;
  /** Default 1. */
  readonly threads?: number;
}

/**
 * Loads a model. Threads that wait for work sleep: as it is delivered, onnxruntime lets them spin, and everything gets
 * slower on busy cores.
 * @throws Error naming the file and what to do about it
 */
export async function loadModel(path: string, options: LoadOptions = {}) {
  const session = {
    executionProviders: ['cpu'],
    intraOpNumThreads: options.threads ?? 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    enableCpuMemArena: !options.boundedMemory,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  } as const;
  const { bytes } = options;
  try {
    return await (bytes ? ort.InferenceSession.create(bytes, session) : ort.InferenceSession.create(path, session));
  } catch (error) {
    const why = messageOf(error);
    throw new Error(`${path} cannot be loaded as an ONNX model (${why}). Run "pressel models verify" to check it.`);
  }
}
