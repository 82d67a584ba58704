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

/** Of the other figures, less is faster. */
const MORE_IS_FASTER: ReadonlySet<keyof MeasuredSpeeds> = new Set([
  'promptTokensPerSecond',
  'generatedTokensPerSecond',
]);

/** The best that was ever measured of one figure, and when: "2026-03-01". */
export interface BestSpeed {
  readonly value: number;
  readonly on: string;
  /** Of a chat model: the release of its server, where whoever measured knew it. */
  readonly server?: string | undefined;
}

export type BestSpeeds = Readonly<Partial<Record<keyof MeasuredSpeeds, BestSpeed>>>;

/** How many times slower `value` is than `best` was. */
export function timesSlower(name: keyof MeasuredSpeeds, value: number, best: number): number {
  return MORE_IS_FASTER.has(name) ? best / value : value / best;
}

const figure = z.number().positive().nullable().catch(null);
/** "0.30.0": becomes a part of a command that is offered to be copied, so nothing else is taken. */
const release = z
  .string()
  .regex(/^\d+(?:\.\d+)+(?:-[a-z]+\d*)?$/)
  .optional()
  .catch(undefined);
const best = z.object({ value: z.number().positive(), on: z.iso.date(), server: release }).optional().catch(undefined);
const fileSchema = z.object({
  models: z.object({ asr: z.string(), llm: z.string(), tts: z.string() }),
  speeds: z.object({
    asrRealTimeFactor: figure,
    ttsRealTimeFactor: figure,
    ttsFirstPieceMs: figure,
    promptTokensPerSecond: figure,
    generatedTokensPerSecond: figure,
  } satisfies Record<keyof MeasuredSpeeds, z.ZodType>),
  best: z
    .object({
      asrRealTimeFactor: best,
      ttsRealTimeFactor: best,
      ttsFirstPieceMs: best,
      promptTokensPerSecond: best,
      generatedTokensPerSecond: best,
    } satisfies Record<keyof MeasuredSpeeds, z.ZodType>)
    .catch({}),
});

/** In the state folder. */
export const SPEED_FILE = 'speeds.json';

/**
 * The speeds that were measured last, and the best of each that there ever was, kept on disk from one start to the next.
 * The best tells of a fall that comes with an update, or with a fan that stands still.
 */
export class SpeedFile {
  #known: MeasuredSpeeds;
  #best: BestSpeeds;
  #saved: string;
  #saving: Promise<void> = Promise.resolve();

  /** What is missing, damaged or was measured with another model counts as not known yet. */
  constructor(
    private readonly file: string,
    private readonly models: ModelNames,
    private readonly now: () => Date = () => new Date(),
  ) {
    const { known, best } = readSpeeds(file, models);
    this.#known = known;
    this.#best = best;
    this.#saved = this.#text();
  }

  get known(): MeasuredSpeeds {
    return this.#known;
  }

  get best(): BestSpeeds {
    return this.#best;
  }

  /**
   * What is not measured leaves what was known of it. To three digits: beyond that every reply would be news.
   * @param server the release of the chat model's server, where it is known
   */
  learn(speeds: MeasuredSpeeds, server?: string): void {
    const rounded = (value: number | null) => (value === null ? null : Number(value.toPrecision(3)));
    this.#known = combined((name) => rounded(speeds[name]) ?? this.#known[name]);
    this.#best = bestOf(this.#best, this.#known, this.now(), release.parse(server));
  }

  /** Writes what has changed. @throws when the disk does not take it */
  save(): Promise<void> {
    this.#saving = this.#saving.catch(() => {}).then(() => this.#write());
    return this.#saving;
  }

  #text(): string {
    return `${JSON.stringify({ models: this.models, speeds: this.#known, best: this.#best })}\n`;
  }

  async #write(): Promise<void> {
    const text = this.#text();
    if (text === this.#saved) return;
    await replaceFile(this.file, text);
    this.#saved = text;
  }
}

interface KeptSpeeds {
  readonly known: MeasuredSpeeds;
  readonly best: BestSpeeds;
}

function readSpeeds(file: string, models: ModelNames): KeptSpeeds {
  try {
    const then = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const isSame = (name: keyof MeasuredSpeeds) => then.models[FIGURE_OF[name]] === models[FIGURE_OF[name]];
    return {
      known: combined((name) => (isSame(name) ? then.speeds[name] : null)),
      best: present((name) => (isSame(name) ? then.best[name] : undefined)),
    };
  } catch {
    return { known: NOTHING_MEASURED, best: {} };
  }
}

/** The older one of two that are equal: it is not written again for nothing. */
function bestOf(best: BestSpeeds, known: MeasuredSpeeds, now: Date, server: string | undefined): BestSpeeds {
  return present((name) => {
    const [value, before] = [known[name], best[name]];
    if (value === null || (before && timesSlower(name, value, before.value) >= 1)) return before;
    const on = now.toISOString().slice(0, 10);
    return FIGURE_OF[name] === 'llm' && server !== undefined ? { value, on, server } : { value, on };
  });
}

function combined(figureOf: (name: keyof MeasuredSpeeds) => number | null): MeasuredSpeeds {
  return Object.fromEntries(FIGURES.map((name) => [name, figureOf(name)])) as unknown as MeasuredSpeeds;
}

function present(bestOfFigure: (name: keyof MeasuredSpeeds) => BestSpeed | undefined): BestSpeeds {
  const entries = FIGURES.map((name) => [name, bestOfFigure(name)] as const);
  return Object.fromEntries(entries.filter(([, best]) => best !== undefined));
}
