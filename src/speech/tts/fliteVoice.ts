import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { InferenceWorker } from '../../inference/inferenceWorker.js';
import { asVoiceError, type VoiceThread } from './inferenceVoice.js';
import { PAUSES, type Pauses, speakClauses } from './speakClauses.js';
import type { SpeechRate } from './speechRate.js';
import { type Voice, VoiceError } from './voice.js';

/**
 * The voices inside the package and their sample rates (Hz). Its `awb_time` is left out: it knows the words for telling
 * the time and no others.
 */
export const FLITE_VOICES = { rms: 16_000, slt: 16_000, awb: 16_000, kal16: 16_000, kal: 8_000 } as const;

export type FliteVoiceName = keyof typeof FLITE_VOICES;

/** Which flite voice speaks, and how. */
export interface FliteOptions extends Partial<Pauses> {
  /** Default: `rms`, the one that speech recognisers understand best. */
  readonly voice?: string;
  /** Length of each sound: 1 is the natural pace, 1.2 is slower, 0.8 faster. Default: 1. */
  readonly lengthScale?: number;
  /** May change between two texts. Default: 1. */
  readonly rate?: SpeechRate;
  /** Makes the thread that computes. Default: `flite.worker.js`. */
  readonly startThread?: (settings: FliteSettings) => VoiceThread;
}

/** What the worker thread needs to know. */
export interface FliteSettings {
  readonly voice: FliteVoiceName;
}

/** What the worker thread is asked to speak. */
export interface FliteSpeakArgs {
  /** One clause. */
  readonly text: string;
  readonly lengthScale: number;
}

/**
 * The voice that is always there: CMU Flite in WebAssembly, English only, a single package without a model to fetch.
 * Runs in a worker thread.
 */
export class FliteVoice implements Voice {
  readonly name: string;
  readonly sampleRateHz: number;
  readonly #thread: VoiceThread;
  readonly #pauses: Pauses;
  readonly #lengthScale: number;
  readonly #rate: SpeechRate;

  /** @throws {VoiceError} `notFound` when there is no such voice */
  constructor(options: FliteOptions = {}) {
    const { voice = 'rms', lengthScale = 1, rate = { factor: 1 }, startThread = startFlite } = options;
    if (!isFliteVoice(voice)) {
      const known = Object.keys(FLITE_VOICES).join(', ');
      throw new VoiceError('notFound', `flite has no voice "${voice}". Choose one of ${known}.`);
    }
    this.name = `flite:${voice}`;
    this.sampleRateHz = FLITE_VOICES[voice];
    const { sentencePauseMs = PAUSES.sentencePauseMs, clausePauseMs = PAUSES.clausePauseMs } = options;
    this.#pauses = { sentencePauseMs, clausePauseMs };
    this.#lengthScale = lengthScale;
    this.#rate = rate;
    this.#thread = startThread({ voice });
  }

  async warmUp(signal: AbortSignal): Promise<void> {
    await this.#speak({ text: 'Ready.', lengthScale: this.#lengthScale }, signal);
  }

  synthesize(text: string, signal: AbortSignal): AsyncIterable<PcmAudio> {
    const lengthScale = this.#lengthScale / this.#rate.factor;
    const render = async (clause: string, stop: AbortSignal): Promise<PcmAudio> => ({
      samples: await this.#speak({ text: clause, lengthScale }, stop),
      sampleRateHz: this.sampleRateHz,
    });
    return speakClauses(text, render, this.#pauses, signal);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  async #speak(args: FliteSpeakArgs, signal: AbortSignal): Promise<Float32Array> {
    try {
      return await this.#thread.call<Float32Array>('speak', args, signal);
    } catch (error) {
      throw asVoiceError(this.name, error);
    }
  }
}

function isFliteVoice(name: string): name is FliteVoiceName {
  return Object.hasOwn(FLITE_VOICES, name);
}

function startFlite(settings: FliteSettings): VoiceThread {
  return new InferenceWorker(new URL('./flite.worker.js', import.meta.url), settings);
}
