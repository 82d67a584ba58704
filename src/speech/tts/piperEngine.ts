import { access } from 'node:fs/promises';
import { ort } from '../../inference/onnx.js';
import { OperationError } from '../../inference/serveInference.js';
import type { ClauseLatent, LatentWindow } from './clauseLatent.js';
import { phonemeIds } from './phonemeIds.js';
import type { PiperConfig } from './piperConfig.js';
import type { PiperGenerator } from './piperGenerator.js';
import { loadPiperModel, type PiperModel } from './piperModel.js';
import { type Phonemize, spokenPhonemes } from './spokenPhonemes.js';
import { planWindows } from './windowPlan.js';

/** What the worker thread needs to know to speak with a Piper voice. */
export interface PiperSettings {
  readonly modelPath: string;
  readonly config: PiperConfig;
  readonly speakerId: number;
  readonly lengthScale: number;
  readonly noiseScale: number;
  readonly noiseW: number;
  readonly threads: number;
}

/** What the worker thread is asked to speak. */
export interface SpeakArgs {
  /** One clause. */
  readonly text: string;
  /** How much faster than `lengthScale` says. */
  readonly rate: number;
  /** Silence that its sound is assumed to begin with. */
  readonly leadingSilenceMs: number;
}

/** One clause, and what the voice had no symbol for. */
export interface PiperSound {
  /** All of its sound; empty when that is still to be made of `latent`. */
  readonly samples: Float32Array<ArrayBuffer>;
  readonly latent?: ClauseLatent;
  readonly unknownSymbols: readonly string[];
}

type Tensor = InstanceType<typeof ort.Tensor>;

const REQUIRED_INPUTS = ['input', 'input_lengths', 'scales'];
const SPEAKER_INPUT = 'sid';

/** Loads what turns text into the voice's symbols. */
export type LoadPhonemizer = (voice: string) => Promise<Phonemize>;

/** A Piper voice: text to phonemes to sound. Lives in a worker thread, where it may compute. */
export class PiperEngine {
  private constructor(
    readonly settings: PiperSettings,
    readonly model: PiperModel,
    readonly phonemize: Phonemize | undefined,
  ) {}

  /**
   * Loads the model and the phonemizer.
   * @throws {OperationError} `notFound`, `badModel` or `badConfig`
   */
  static async load(settings: PiperSettings, loadPhonemizer: LoadPhonemizer): Promise<PiperEngine> {
    const { modelPath, config, threads } = settings;
    await access(modelPath).catch((error: Error) => {
      throw new OperationError('notFound', `the voice ${modelPath} cannot be read (${error.message})`);
    });
    const model = await loadPiperModel(modelPath, threads, () => performance.now()).catch((error: Error) => {
      throw new OperationError('badModel', error.message);
    });
    try {
      const { inputNames } = model.acoustic;
      const lacking = REQUIRED_INPUTS.filter((name) => !inputNames.includes(name));
      const strange = inputNames.filter((name) => !REQUIRED_INPUTS.includes(name) && name !== SPEAKER_INPUT);
      if (lacking.length > 0 || strange.length > 0) {
        const takes = `it takes ${inputNames.join(', ')} and not ${REQUIRED_INPUTS.join(', ')}`;
        throw new OperationError('badModel', `${modelPath} is an ONNX model but not a Piper voice: ${takes}`);
      }
      const { phoneme_type: type, espeak } = config;
      const phonemize = type === 'espeak' && espeak ? await loadPhonemizer(espeak.voice) : undefined;
      return new PiperEngine(settings, model, phonemize);
    } catch (error) {
      await model.acoustic.release();
      await model.generator?.session.release();
      throw error;
    }
  }

  /** The phonemes of `text`, or its letters for a voice that was trained on letters. */
  symbols(text: string): string {
    return this.phonemize ? spokenPhonemes(text, this.phonemize) : text.trim();
  }

  /**
   * One clause: its sound, or its latent when the voice makes sound window by window. No samples and no latent when
   * `text` has no symbol that the voice knows.
   * @param leadingSilenceMs assumed at the beginning of the sound
   * @param rate how much faster than `lengthScale` says
   * @throws the signal's reason when aborted before the model ran; a run itself cannot be interrupted
   * @throws {OperationError} `badModel`, `failed`
   */
  async speak(text: string, leadingSilenceMs: number, signal: AbortSignal, rate = 1): Promise<PiperSound> {
    const { config, modelPath } = this.settings;
    const { acoustic, generator } = this.model;
    const symbols = this.symbols(text);
    const { ids, unknown } = phonemeIds(symbols, config.phoneme_id_map);
    const unspoken = { samples: new Float32Array(0), unknownSymbols: unknown };
    if (unknown.length === [...symbols.normalize('NFD')].length) return unspoken;
    signal.throwIfAborted();
    const outputs = await acoustic.run(this.#inputs(ids, rate)).catch((error: Error) => {
      throw new OperationError('failed', `${modelPath} could not speak (${error.message})`);
    });
    try {
      if (generator) return { ...unspoken, latent: this.#latent(outputs, generator, leadingSilenceMs) };
      // [1, 1, 1, samples]
      return { ...unspoken, samples: this.#floats(outputs[acoustic.outputNames[0] ?? '']).data };
    } finally {
      for (const output of Object.values(outputs)) output.dispose();
    }
  }

  /**
   * Sound of a window of a latent.
   * @throws {OperationError} `badModel`, `failed`
   */
  async generate(window: LatentWindow): Promise<Float32Array<ArrayBuffer>> {
    const { generator } = this.model;
    if (!generator) throw new OperationError('internal', `${this.settings.modelPath} has no generator of its own`);
    return generator.generate(window);
  }

  #latent(
    outputs: Readonly<Record<string, Tensor>>,
    { cut, computeMsPerFrame }: PiperGenerator,
    leadingSilenceMs: number,
  ): ClauseLatent {
    const { data, dims } = this.#floats(outputs[cut.latent]);
    const [, channels = 0, frames = 0] = dims;
    const paddingFrames = cut.reachFrames;
    const frameMs = (cut.samplesPerFrame / this.settings.config.audio.sample_rate) * 1000;
    return {
      data,
      channels,
      paddingFrames,
      conditions: cut.conditions.map((name) => ({ name, ...this.#floats(outputs[name]) })),
      windows: planWindows(frames, { paddingFrames, frameMs, computeMsPerFrame, leadingSilenceMs }),
    };
  }

  /** A copy of `tensor`, as the engine's own memory cannot be handed to another thread. */
  #floats(tensor: Tensor | undefined): { data: Float32Array<ArrayBuffer>; dims: readonly number[] } {
    if (!(tensor?.data instanceof Float32Array)) {
      throw new OperationError('badModel', `${this.settings.modelPath} is not a Piper voice: its output is no sound`);
    }
    return { data: new Float32Array(tensor.data), dims: tensor.dims };
  }

  #inputs(ids: readonly number[], rate: number): Record<string, Tensor> {
    const { noiseScale, lengthScale, noiseW, speakerId } = this.settings;
    const int64 = (values: readonly number[], dims: number[]) =>
      new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);
    return {
      input: int64(ids, [1, ids.length]),
      input_lengths: int64([ids.length], [1]),
      scales: new ort.Tensor('float32', Float32Array.of(noiseScale, lengthScale / rate, noiseW), [3]),
      ...(this.model.acoustic.inputNames.includes(SPEAKER_INPUT) && { [SPEAKER_INPUT]: int64([speakerId], [1]) }),
    };
  }
}
