import { access } from 'node:fs/promises';
import { loadModel, ort } from '../../inference/onnx.js';
import { OperationError } from '../../inference/serveInference.js';
import { phonemeIds } from './phonemeIds.js';
import type { PiperConfig } from './piperConfig.js';
import { type Phonemize, spokenPhonemes } from './spokenPhonemes.js';

/** What the worker thread needs to know to speak with a Piper voice. */
export interface PiperSettings {
  readonly modelPath: string;
  readonly config: PiperConfig;
  readonly speakerId: number;
  readonly lengthScale: number;
  readonly noiseScale: number;
  readonly noiseW: number;
}

/** Sound of one clause, and what the voice had no symbol for. */
export interface PiperSound {
  readonly samples: Float32Array<ArrayBuffer>;
  readonly unknownSymbols: readonly string[];
}

type Session = Awaited<ReturnType<typeof loadModel>>;

const REQUIRED_INPUTS = ['input', 'input_lengths', 'scales'];
const SPEAKER_INPUT = 'sid';

/** Loads what turns text into the voice's symbols. */
export type LoadPhonemizer = (voice: string) => Promise<Phonemize>;

/** A Piper voice: text to phonemes to sound. Lives in a worker thread, where it may compute. */
export class PiperEngine {
  private constructor(
    readonly settings: PiperSettings,
    readonly session: Session,
    readonly phonemize: Phonemize | undefined,
  ) {}

  /**
   * Loads the model and the phonemizer.
   * @throws {OperationError} `notFound`, `badModel` or `badConfig`
   */
  static async load(settings: PiperSettings, loadPhonemizer: LoadPhonemizer): Promise<PiperEngine> {
    const { modelPath, config } = settings;
    await access(modelPath).catch((error: Error) => {
      throw new OperationError('notFound', `the voice ${modelPath} cannot be read (${error.message})`);
    });
    // Sentences differ in length, and an arena only ever grows to the longest.
    const session = await loadModel(modelPath, { boundedMemory: true }).catch((error: Error) => {
      throw new OperationError('badModel', error.message);
    });
    try {
      const { inputNames } = session;
      const lacking = REQUIRED_INPUTS.filter((name) => !inputNames.includes(name));
      const strange = inputNames.filter((name) => !REQUIRED_INPUTS.includes(name) && name !== SPEAKER_INPUT);
      if (lacking.length > 0 || strange.length > 0) {
        const takes = `it takes ${inputNames.join(', ')} and not ${REQUIRED_INPUTS.join(', ')}`;
        throw new OperationError('badModel', `${modelPath} is an ONNX model but not a Piper voice: ${takes}`);
      }
      const { phoneme_type: type, espeak } = config;
      const phonemize = type === 'espeak' && espeak ? await loadPhonemizer(espeak.voice) : undefined;
      return new PiperEngine(settings, session, phonemize);
    } catch (error) {
      await session.release();
      throw error;
    }
  }

  /** The phonemes of `text`, or its letters for a voice that was trained on letters. */
  symbols(text: string): string {
    return this.phonemize ? spokenPhonemes(text, this.phonemize) : text.trim();
  }

  /**
   * Sound of one clause; no samples when `text` has no symbol that the voice knows.
   * @throws the signal's reason when aborted before the model ran; a run itself cannot be interrupted
   * @throws {OperationError} `badModel`, `failed`
   */
  async speak(text: string, signal: AbortSignal): Promise<PiperSound> {
    const { config, modelPath } = this.settings;
    const symbols = this.symbols(text);
    const { ids, unknown } = phonemeIds(symbols, config.phoneme_id_map);
    if (unknown.length === [...symbols.normalize('NFD')].length) {
      return { samples: new Float32Array(0), unknownSymbols: unknown };
    }
    signal.throwIfAborted();
    const outputs = await this.session.run(this.#inputs(ids)).catch((error: Error) => {
      throw new OperationError('failed', `${modelPath} could not speak (${error.message})`);
    });
    const output = outputs[this.session.outputNames[0] ?? ''];
    try {
      if (!(output?.data instanceof Float32Array)) {
        throw new OperationError('badModel', `${modelPath} is not a Piper voice: its output is no sound`);
      }
      // [1, 1, 1, samples]; a copy, as the engine's own memory cannot be handed to another thread.
      return { samples: new Float32Array(output.data), unknownSymbols: unknown };
    } finally {
      output?.dispose();
    }
  }

  #inputs(ids: readonly number[]): Record<string, InstanceType<typeof ort.Tensor>> {
    const { noiseScale, lengthScale, noiseW, speakerId } = this.settings;
    const int64 = (values: readonly number[], dims: number[]) =>
      new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);
    return {
      input: int64(ids, [1, ids.length]),
      input_lengths: int64([ids.length], [1]),
      scales: new ort.Tensor('float32', Float32Array.of(noiseScale, lengthScale, noiseW), [3]),
      ...(this.session.inputNames.includes(SPEAKER_INPUT) && { [SPEAKER_INPUT]: int64([speakerId], [1]) }),
    };
  }
}
