/** The boards that can be simulated. */
export type PiModel = 4 | 5;

/** Speeds of a chat model on an otherwise idle board, with all cores (tokens/s). */
export interface LlmSpeeds {
  readonly promptTokensPerSecond: number;
  readonly generatedTokensPerSecond: number;
}

/** What a recognition takes (ms). */
export interface AsrSpeeds {
  /** Encoder: per second of sound. */
  readonly encodeMsPerSecond: number;
  /** Decoder: a token. */
  readonly stepMs: number;
}

/** How long a board takes for what a turn needs, on an otherwise idle board. */
export interface PiSpeeds {
  /** Moonshine tiny, one thread. */
  readonly asr: AsrSpeeds;
  /** Piper at medium size, three threads: seconds per second of sound. */
  readonly ttsRealTimeFactor: number;
  /** Silero VAD, one thread: per frame of 32 ms (ms). */
  readonly vadMsPerFrame: number;
  /** Starting a voice's process and loading its model (ms). */
  readonly voiceStartMs: number;
  /** An end-of-turn model of the size of Smart Turn v3, one thread, once a pause (ms). */
  readonly endOfTurnMs: number;
}

/**
 * Simulation parameters, not measurements of ours. Voice: sherpa-onnx's published real-time factor of en_US-lessac-medium
 * on a Pi 4B with three threads (0.390), divided by 2.2 for the Pi 5. Recogniser: 0.3 s and 0.65 s for a command of 3 s,
 * our times on x64 scaled. VAD: scaled likewise. Process start: what users report of Piper started for each sentence.
 * End of turn: Smart Turn v3 takes 60 ms on a small cloud machine, taken for one core of a Pi 5, and 2.2 times that on a Pi 4.
 */
const SPEEDS: Readonly<Record<PiModel, PiSpeeds>> = {
  4: {
    asr: { encodeMsPerSecond: 72, stepMs: 55 },
    ttsRealTimeFactor: 0.39,
    vadMsPerFrame: 2.5,
    voiceStartMs: 3_000,
    endOfTurnMs: 130,
  },
  5: {
    asr: { encodeMsPerSecond: 33, stepMs: 25 },
    ttsRealTimeFactor: 0.18,
    vadMsPerFrame: 1,
    voiceStartMs: 1_000,
    endOfTurnMs: 60,
  },
};

/**
 * [Pi 5 prompt, Pi 5 generation, Pi 4 prompt, Pi 4 generation] in tokens/s. Generation: the file's size over the memory's
 * bandwidth (10.3 and 3.3 GB/s) and 3 or 8 ms; prompt: 100 and 22 GFLOP/s over twice the parameters without embeddings.
 * Both agree within 10 % with published speeds of llama3.x, TinyLlama and gemma on these boards.
 */
const LLM_SPEEDS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  'llama3.2:1b': [51, 7.6, 11, 2.5],
  'llama3.2:1b-q4_K_M': [51, 12.3, 11, 4],
  tinyllama: [48, 15, 11, 5],
  'qwen2.5:0.5b': [139, 24, 31, 7.8],
  'qwen3:0.6b': [114, 19, 25, 6],
  'gemma3:270m': [500, 32, 110, 10],
  'gemma3:1b': [71, 12, 16, 3.9],
  'smollm2:135m': [470, 34, 104, 11],
  'smollm2:360m': [159, 14, 35, 4.4],
};

/** The chat models whose speeds are known. */
export const SIMULATED_LLMS: readonly string[] = Object.keys(LLM_SPEEDS);

export function piSpeeds(pi: PiModel): PiSpeeds {
  return SPEEDS[pi];
}

/** @throws {RangeError} for a model that is not among `SIMULATED_LLMS` */
export function llmSpeeds(pi: PiModel, llmModel: string): LlmSpeeds {
  const speeds = LLM_SPEEDS[llmModel];
  if (!speeds) {
    throw new RangeError(`The speed of "${llmModel}" is not known; it is of ${SIMULATED_LLMS.join(', ')}.`);
  }
  const [prompt5, generated5, prompt4, generated4] = speeds;
  return pi === 5
    ? { promptTokensPerSecond: prompt5, generatedTokensPerSecond: generated5 }
    : { promptTokensPerSecond: prompt4, generatedTokensPerSecond: generated4 };
}
