import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { volumeGain } from '../../hardware/audio/volumeCurve.js';
import { replaceFile } from '../files/replaceFile.js';
import type { Volume } from '../skills/surroundings.js';
import { SPEECH_RATE_LIMITS, type SpeechRate } from '../speech/tts/speechRate.js';

/** What the owner's configuration says of the voice. */
export interface ConfiguredVoice {
  readonly volumePercent: number;
  /** Undefined: the voice's own. */
  readonly lengthScale: number | undefined;
}

const { min, max } = SPEECH_RATE_LIMITS;

/** What was wished for, and what was configured then. */
const fileSchema = z.object({
  volume: z
    .object({ percent: z.number().min(0).max(100), configured: z.number() })
    .optional()
    .catch(undefined),
  rate: z
    .object({ factor: z.number().min(min).max(max), configured: z.number().nullable() })
    .optional()
    .catch(undefined),
});

/**
 * Volume and rate as they were last set by voice, kept on disk from one start to the next. The configuration counts until
 * then, and again when it is changed: the newer wish is the one in force. A mute ends with the program, for a device that
 * says nothing after a power cut seems broken.
 */
export class VoiceFile implements Volume, SpeechRate {
  #percent: number;
  #isMuted = false;
  #factor: number;
  #saved: string;
  #saving: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  /** What is missing, damaged or older than the configuration counts as not set yet. */
  constructor(
    private readonly file: string,
    private readonly configured: ConfiguredVoice,
  ) {
    const { percent, factor } = readVoice(file, configured);
    this.#percent = percent ?? configured.volumePercent;
    this.#factor = factor ?? 1;
    this.#saved = this.#text();
  }

  /** Tells each change, in the order of asking. Returns how to stop listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get percent(): number {
    return this.#percent;
  }

  set percent(percent: number) {
    this.#percent = percent;
    this.#changed();
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  set isMuted(isMuted: boolean) {
    this.#isMuted = isMuted;
    this.#changed();
  }

  get factor(): number {
    return this.#factor;
  }

  set factor(factor: number) {
    this.#factor = factor;
    this.#changed();
  }

  /** For the speaker: a factor on the samples, 0 to 1. */
  get gain(): number {
    return this.#isMuted ? 0 : volumeGain(this.#percent);
  }

  /** Writes what has changed. @throws when the disk does not take it */
  save(): Promise<void> {
    this.#saving = this.#saving.catch(() => {}).then(() => this.#write());
    return this.#saving;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #text(): string {
    const { volumePercent, lengthScale } = this.configured;
    const wishes = {
      ...(this.#percent !== volumePercent && { volume: { percent: this.#percent, configured: volumePercent } }),
      ...(this.#factor !== 1 && { rate: { factor: this.#factor, configured: lengthScale ?? null } }),
    };
    return `${JSON.stringify(wishes)}\n`;
  }

  async #write(): Promise<void> {
    const text = this.#text();
    if (text === this.#saved) return;
    await replaceFile(this.file, text);
    this.#saved = text;
  }
}

function readVoice(file: string, { volumePercent, lengthScale }: ConfiguredVoice) {
  try {
    const { volume, rate } = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return {
      percent: volume?.configured === volumePercent ? volume.percent : undefined,
      factor: rate?.configured === (lengthScale ?? null) ? rate.factor : undefined,
    };
  } catch {
    return { percent: undefined, factor: undefined };
  }
}
