/** A unit as people say it. */
export interface Measure {
  /** As mathjs knows it. */
  readonly unit: string;
  /** What it measures: only such are converted into each other. */
  readonly of: 'length' | 'mass' | 'volume' | 'temperature' | 'time' | 'speed' | 'area' | 'data' | 'energy' | 'angle';
  readonly one: string;
  readonly many: string;
  /** Other ways to say it, as a pattern of whole words. */
  readonly also?: string;
  /** What the same word means in Britain. */
  readonly imperial?: string;
}

const measure = (
  unit: string,
  of: Measure['of'],
  one: string,
  also?: string,
  rest: { readonly many?: string; readonly imperial?: string } = {},
): Measure => ({ unit, of, one, many: `${one}s`, ...(also !== undefined && { also }), ...rest });

/** The units that are converted, by mathjs's names but for the imperial ones. */
export const MEASURES: readonly Measure[] = [
  measure('mm', 'length', 'millimetre', 'millimeters?|mm'),
  measure('cm', 'length', 'centimetre', 'centimeters?|cm|cms'),
  measure('m', 'length', 'metre', 'meters?|m'),
  measure('km', 'length', 'kilometre', 'kilometers?|km|kms|k m'),
  measure('inch', 'length', 'inch', 'in', { many: 'inches' }),
  measure('foot', 'length', 'foot', 'ft', { many: 'feet' }),
  measure('yard', 'length', 'yard', 'yds?'),
  measure('mile', 'length', 'mile', 'mi'),
  measure('mg', 'mass', 'milligram', 'milligrammes?|mg'),
  measure('g', 'mass', 'gram', 'grammes?|g'),
  measure('kg', 'mass', 'kilogram', 'kilogrammes?|kilos?|kg|kgs'),
  measure('tonne', 'mass', 'tonne', 'metric tons?'),
  measure('oz', 'mass', 'ounce', 'oz'),
  measure('lbm', 'mass', 'pound', 'lbs?'),
  measure('stone', 'mass', 'stone', 'stones', { many: 'stone' }),
  measure('ml', 'volume', 'millilitre', 'milliliters?|mls?|mil'),
  measure('cl', 'volume', 'centilitre', 'centiliters?|cl'),
  measure('dl', 'volume', 'decilitre', 'deciliters?|dl'),
  measure('l', 'volume', 'litre', 'liters?|l'),
  measure('teaspoon', 'volume', 'teaspoon', 'tsps?'),
  measure('tablespoon', 'volume', 'tablespoon', 'tbsps?'),
  measure('cup', 'volume', 'cup'),
  measure('floz', 'volume', 'fluid ounce', 'fl oz', { imperial: 'imperialfloz' }),
  measure('pint', 'volume', 'pint', 'pt', { imperial: 'imperialpint' }),
  measure('quart', 'volume', 'quart', undefined, { imperial: 'imperialquart' }),
  measure('gallon', 'volume', 'gallon', 'gal', { imperial: 'imperialgallon' }),
  measure('m3', 'volume', 'cubic metre', 'cubic meters?'),
  measure('celsius', 'temperature', 'degree Celsius', 'c|celsius|centigrade|degrees? c|degrees? centigrade', {
    many: 'degrees Celsius',
  }),
  measure('fahrenheit', 'temperature', 'degree Fahrenheit', 'f|fahrenheit|degrees? f', { many: 'degrees Fahrenheit' }),
  measure('kelvin', 'temperature', 'kelvin', 'k|degrees? kelvin', { many: 'kelvin' }),
  measure('second', 'time', 'second', 'secs?'),
  measure('minute', 'time', 'minute', 'mins?'),
  measure('hour', 'time', 'hour', 'hrs?'),
  measure('day', 'time', 'day'),
  measure('week', 'time', 'week'),
  measure('km/h', 'speed', 'kilometre per hour', 'kilomet(?:er|re)s? (?:per|an) hour|kmh|kph|km h', {
    many: 'kilometres per hour',
  }),
  measure('mile/h', 'speed', 'mile per hour', 'miles? (?:per|an) hour|mph', { many: 'miles per hour' }),
  measure('m/s', 'speed', 'metre per second', 'met(?:er|re)s? (?:per|a) second', { many: 'metres per second' }),
  measure('knot', 'speed', 'knot'),
  measure('m2', 'area', 'square metre', 'square meters?|sqm'),
  measure('km2', 'area', 'square kilometre', 'square kilometers?'),
  measure('sqft', 'area', 'square foot', 'sq ft', { many: 'square feet' }),
  measure('sqmi', 'area', 'square mile'),
  measure('acre', 'area', 'acre'),
  measure('hectare', 'area', 'hectare', 'ha'),
  measure('b', 'data', 'bit'),
  measure('B', 'data', 'byte'),
  measure('kB', 'data', 'kilobyte', 'kb'),
  measure('MB', 'data', 'megabyte', 'megs?|mb'),
  measure('GB', 'data', 'gigabyte', 'gigs?|gb'),
  measure('TB', 'data', 'terabyte', 'tb'),
  measure('J', 'energy', 'joule'),
  measure('kJ', 'energy', 'kilojoule', 'kj'),
  measure('cal', 'energy', 'calorie'),
  measure('kcal', 'energy', 'kilocalorie', 'kcal'),
  measure('kWh', 'energy', 'kilowatt hour', 'kwh'),
  measure('deg', 'angle', 'degree'),
  measure('rad', 'angle', 'radian'),
];

const SAID: readonly (readonly [RegExp, Measure])[] = MEASURES.map((one) => [
  new RegExp(`^(?:${[one.one.toLowerCase(), one.many.toLowerCase(), ...(one.also ? [one.also] : [])].join('|')})$`),
  one,
]);

/** The unit that a text names and nothing else. */
export function measureOf(text: string): Measure | undefined {
  return SAID.find(([said]) => said.test(text))?.[1];
}
