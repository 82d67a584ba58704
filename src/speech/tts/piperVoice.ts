import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { voiceThreads } from '../../inference/coreShares.js';
import { InferenceWorker } from '../../inference/inferenceWorker.js';
import { latentWindow } from './clauseLatent.js';
import { asVoiceError, type VoiceThread } from './inferenceVoice.js';
import { LeadingSilenceMemory } from './leadingSilenceMemory.js';
import { readPiperConfig, speakerId } from './piperConfig.js';
import type { PiperSettings, PiperSound, SpeakArgs } from './piperEngine.js';
import { type ClauseSound, PAUSES, type Pauses, speakClauses } from './speakClauses.js';
import type { SpeechRate } from './speechRate.js';
import { type Voice, VoiceError } from './voice.js';
import { windowedSound } from './windowedSound.js';
import type { Window } from './windowPlan.js';

/** Which Piper voice speaks, and how. */
export interface PiperOptions extends Partial<Pauses> {
  /** The voice's `.onnx` file. */
  readonly modelPath: string;
  /** Its configuration. Default: `modelPath` + ".json". */
  readonly configPath?: string;
  /** Name or number of the speaker, for a voice of several. Default: the first. */
  readonly speaker?: string | number;
  /** Length of each sound: 1 is the voice's natural pace, 1.2 is slower, 0.8 faster. Default: the voice's own. */
  readonly lengthScale?: number;
  /** May change between two texts. Default: 1. */
  readonly rate?: SpeechRate;
  /** Variation of the sound, 0 to about 1. Default: the voice's own. */
  readonly noiseScale?: number;
  /** Variation of the rhythm, 0 to about 1. Default: the voice's own. */
  readonly noiseW?: number;
  /** Default: what suits this computer. */
  readonly threads?: number;
  /** Told once a voice about symbols that it has no sound for and leaves out. Default: nobody. */
  readonly onUnknownSymbols?: (symbols: readonly string[]) => void;
  /** Makes the thread that computes. Default: `piper.worker.js`. */
  readonly startThread?: (settings: PiperSettings) => VoiceThread;
}

/**
 * Spoken twice, unheard: the first run of a model is several times slower than the rest, and how long the second takes
 * and the silence it begins with decide how early the first sound of a clause may be given.
 */
const WARM_UP_TEXT = 'Ready when you are.';

/** A neural voice of the Piper project, run by onnxruntime in a worker thread. Two voices share nothing. */
export class PiperVoice implements Voice {
  readonly name: string;
  readonly sampleRateHz: number;
  readonly #thread: VoiceThread;
  readonly #pauses: Pauses;
  readonly #rate: SpeechRate;
  readonly #onUnknownSymbols: (symbols: readonly string[]) => void;
  readonly #reported = new Set<string>();
  readonly #leadingSilence = new LeadingSilenceMemory();

  /**
   * Reads the voice's configuration (a few kB); the model is loaded by `warmUp` or the first sentence.
   * @throws {VoiceError} `notFound`, `badConfig`
   */
  constructor(options: PiperOptions) {
    const { modelPath, configPath = `${modelPath}.json` } = options;
    this.name = `piper:${path.basename(modelPath, '.onnx')}`;
    if (!existsSync(modelPath)) {
      throw new VoiceError('notFound', `there is no voice ${modelPath}. Run "pressel setup", or give the path of one.`);
    }
    const config = readPiperConfig(configPath);
    this.sampleRateHz = config.audio.sample_rate;
    const { sentencePauseMs = PAUSES.sentencePauseMs, clausePauseMs = PAUSES.clausePauseMs } = options;
    this.#pauses = { sentencePauseMs, clausePauseMs };
    this.#onUnknownSymbols = options.onUnknownSymbols ?? (() => {});
    const { rate = { factor: 1 }, startThread = startPiper } = options;
    this.#rate = rate;
    this.#thread = startThread({
      modelPath,
      config,
      speakerId: speakerId(config, options.speaker, configPath),
      lengthScale: options.lengthScale ?? config.inference.length_scale,
      noiseScale: options.noiseScale ?? config.inference.noise_scale,
      noiseW: options.noiseW ?? config.inference.noise_w,
      threads: options.threads ?? voiceThreads(availableParallelism()),
    });
  }

  async warmUp(signal: AbortSignal): Promise<void> {
    for (let times = 0; times < 2; times++) {
      for (let sound = await this.#speak(WARM_UP_TEXT, 1, signal); sound.rest; ) sound = await sound.rest();
    }
  }

  synthesize(text: string, signal: AbortSignal): AsyncIterable<PcmAudio> {
    const { factor } = this.#rate;
    return speakClauses(text, (clause, stop) => this.#speak(clause, factor, stop), this.#pauses, signal);
  }

  /**
   * What the model is given for `text`: phonemes (IPA) with punctuation. For diagnosis.
   * @throws {VoiceError}
   */
  phonemes(text: string, signal: AbortSignal): Promise<string> {
    return this.#call('symbols', { text }, signal);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  async #speak(text: string, rate: number, signal: AbortSignal): Promise<ClauseSound> {
    const args: SpeakArgs = { text, rate, leadingSilenceMs: this.#leadingSilence.expectedMs };
    const { samples, latent, unknownSymbols } = await this.#call<PiperSound>('speak', args, signal);
    const news = unknownSymbols.filter((symbol) => !this.#reported.has(symbol));
    if (news.length > 0) {
      for (const symbol of news) this.#reported.add(symbol);
      this.#onUnknownSymbols([...new Set(news)]);
    }
    const { sampleRateHz } = this;
    if (!latent || latent.windows.length === 0) return { samples, sampleRateHz };
    const make = async (window: Window): Promise<PcmAudio> => {
      const made = await this.#call<Float32Array>('generate', { window: latentWindow(latent, window) }, signal);
      return { samples: made, sampleRateHz };
    };
    return windowedSound(latent.windows, make, this.#leadingSilence);
  }

  async #call<Result>(op: string, args: unknown, signal: AbortSignal): Promise<Result> {
    try {
      return await this.#thread.call<Result>(op, args, signal);
    } catch (error) {
      throw asVoiceError(this.name, error);
    }
  }
}

function startPiper(settings: PiperSettings): VoiceThread {
  return new InferenceWorker(new URL('./piper.worker.js', import.meta.url), settings);
}
