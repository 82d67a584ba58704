import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type MeasuredSpeeds, NOTHING_MEASURED } from '../observability/measuredSpeeds.js';
import type { ModelNames, ModelPart } from '../observability/slowModels.js';
import { replaceFile } from './replaceFile.js';

const FIGURE_OF = {
  asrRealTimeFactor: 'asr',
  ttsRealTimeFactor: 'tts',
  ttsFirstPieceMs: 'tts',
  promptTokensPerSecond: 'llm',
  generatedTokensPerSecond: 'llm',
} as const satisfies Record<keyof MeasuredSpeeds, ModelPart>;

const FIGURES = Object.keys(FIGURE_OF) as (keyof MeasuredSpeeds)[];

const figure = z.number().positive().nullable().catch(null);
const fileSchema = z.object({
  models: z.object({ asr: z.string(), llm: z.string(), tts: z.string() }),
  speeds: z.object({
    asrRealTimeFactor: figure,
    ttsRealTimeFactor: figure,
    ttsFirstPieceMs: figure,
    promptTokensPerSecond: figure,
    generatedTokensPerSecond: figure,
  } satisfies Record<keyof MeasuredSpeeds, z.ZodType>),
});

/** The speeds that were measured last, kept on disk from one start to the next. */
export class SpeedFile {
  #known: MeasuredSpeeds;
  #saved: string;
  #saving: Promise<void> = Promise.resolve();

  /** What is missing, damaged or was measured with another model counts as not known yet. */
  constructor(
    private readonly file: string,
    private readonly models: ModelNames,
  ) {
    this.#known = readSpeeds(file, models);
    this.#saved = this.#text();
  }

  get known(): MeasuredSpeeds {
    return this.#known;
  }

  /** What is not measured leaves what was known of it. To three digits: beyond that every reply would be news. */
  learn(speeds: MeasuredSpeeds): void {
    const rounded = (value: number | null) => (value === null ? null : Number(value.toPrecision(3)));
    this.#known = combined((name) => rounded(speeds[name]) ?? this.#known[name]);
  }

  /** Writes what has changed. @throws when the disk does not take it */
  save(): Promise<void> {
    this.#saving = this.#saving.catch(() => {}).then(() => this.#write());
    return this.#saving;
  }

  #text(): string {
    return `${JSON.stringify({ models: this.models, speeds: this.#known })}\n`;
  }

  async #write(): Promise<void> {
    const text = this.#text();
    if (text === this.#saved) return;
    await replaceFile(this.file, text);
    this.#saved = text;
  }
}

function readSpeeds(file: string, models: ModelNames): MeasuredSpeeds {
  try {
    const then = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const isSame = (name: keyof MeasuredSpeeds) => then.models[FIGURE_OF[name]] === models[FIGURE_OF[name]];
    return combined((name) => (isSame(name) ? then.speeds[name] : null));
  } catch {
    return NOTHING_MEASURED;
  }
}

function combined(figureOf: (name: keyof MeasuredSpeeds) => number | null): MeasuredSpeeds {
  return Object.fromEntries(FIGURES.map((name) => [name, figureOf(name)])) as unknown as MeasuredSpeeds;
}
