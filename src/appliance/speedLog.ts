import type { Log } from '../observability/log.js';
import type { MeasuredSpeeds } from '../observability/measuredSpeeds.js';
import { type ModelNames, type ModelPart, slowModels } from '../observability/slowModels.js';

/** Says in the log how fast the models are, as soon as it is known, and once of each that it is slower than speech. */
export class SpeedLog {
  readonly #told = new Set<ModelPart>();
  #known = 0;

  constructor(
    private readonly log: Log,
    private readonly names: ModelNames,
  ) {}

  tell(speeds: MeasuredSpeeds): void {
    const figures = Object.entries(speeds).filter((entry): entry is [string, number] => entry[1] !== null);
    const rounded = Object.fromEntries(figures.map(([name, value]) => [name, Number(value.toPrecision(2))]));
    this.log[figures.length > this.#known ? 'info' : 'debug'](rounded, 'speeds');
    this.#known = figures.length;
    for (const { part, message } of slowModels(speeds, this.names)) {
      if (this.#told.has(part)) continue;
      this.#told.add(part);
      this.log.warn(message);
    }
  }
}
