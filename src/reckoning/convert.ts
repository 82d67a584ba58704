import { MEASURES, type Measure, measureOf } from './measures.js';
import type { MathLibrary } from './openMath.js';

/** By definition: the imperial gallon is 4.54609 litres (Weights and Measures Act 1985). */
const IMPERIAL_GALLON_L = 4.54609;
const IMPERIAL: Readonly<Record<string, number>> = {
  imperialgallon: IMPERIAL_GALLON_L,
  imperialquart: IMPERIAL_GALLON_L / 4,
  imperialpint: IMPERIAL_GALLON_L / 8,
  imperialfloz: IMPERIAL_GALLON_L / 160,
};

/** Where a pint is the imperial one. */
const IMPERIAL_REGIONS = new Set(['GB', 'IE', 'AU', 'NZ', 'IN', 'ZA']);

const ABSOLUTE_ZERO: Readonly<Record<string, number>> = { celsius: -273.15, fahrenheit: -459.67, kelvin: 0 };

export class ConversionError extends Error {
  override readonly name = 'ConversionError';

  constructor(readonly reason: 'unlike' | 'below-absolute-zero' | 'no-number') {
    super(`the units cannot be converted: ${reason}`);
  }
}

/**
 * A quantity in another unit.
 * @param language BCP 47 tag of whoever asks, which decides how large a pint is
 * @throws {ConversionError}
 */
export function convert(value: number, from: Measure, to: Measure, language: string, math: MathLibrary): number {
  if (!Number.isFinite(value)) throw new ConversionError('no-number');
  if (from.of !== to.of) throw new ConversionError('unlike');
  if (value < (ABSOLUTE_ZERO[from.unit] ?? -Infinity)) throw new ConversionError('below-absolute-zero');
  const isImperial = IMPERIAL_REGIONS.has(new Intl.Locale(language).maximize().region ?? '');
  const [inUnit, inFactor] = baseOf(from, isImperial);
  const [outUnit, outFactor] = baseOf(to, isImperial);
  return math.units.unit(value * inFactor, inUnit).toNumber(outUnit) / outFactor;
}

/** Imperial measures by the litre. */
function baseOf({ unit, imperial }: Measure, isImperial: boolean): readonly [string, number] {
  const litres = isImperial && imperial !== undefined ? IMPERIAL[imperial] : undefined;
  return litres === undefined ? [unit, 1] : ['l', litres];
}

/** The unit that a chat model names: by its sign ("mB" is not "MB"), or in any way in which people say it. */
export function measureNamed(name: string): Measure | undefined {
  const said = name.trim();
  const exact = MEASURES.find(({ unit, one, many }) => [unit, one, many].includes(said));
  return exact ?? measureOf(said.toLowerCase().replace(/[°_.]/g, ' ').replace(/\s+/g, ' ').trim());
}
