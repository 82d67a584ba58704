/** A light: how much of red, green and blue, each 0 to 1, linear in light (not in what the eye makes of it). */
export type Rgb = readonly [red: number, green: number, blue: number];

export const DARK: Rgb = [0, 0, 0];

/** A light that can only be on or off is on from here: about half of full brightness to the eye. */
const ON_FROM = 0.2;

const NAMED: Readonly<Record<string, string>> = {
  red: '#ff0000',
  orange: '#ff6000',
  yellow: '#ffc000',
  green: '#00ff00',
  cyan: '#00ffff',
  blue: '#0000ff',
  violet: '#a040ff',
  magenta: '#ff00ff',
  white: '#ffffff',
};

export const COLOUR_NAMES: readonly string[] = Object.keys(NAMED);

/** Reads `#rgb`, `#rrggbb` (sRGB, as everywhere) or a name; undefined when it is none of them. */
export function parseColour(text: string): Rgb | undefined {
  const written = Object.hasOwn(NAMED, text) ? NAMED[text] : text;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(written ?? '');
  const channels = short ?? /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(written ?? '');
  if (!channels) return undefined;
  const largest = short ? 15 : 255;
  const [red = 0, green = 0, blue = 0] = channels
    .slice(1)
    .map((digits) => linear(Number.parseInt(digits, 16) / largest));
  return [red, green, blue];
}

export function scaled([red, green, blue]: Rgb, factor: number): Rgb {
  return [red * factor, green * factor, blue * factor];
}

/**
 * The nearest that an output with so many `levels` a channel can show, 2 being on and off. Values beyond 0 to 1 and
 * those that are no numbers are brought back into that range.
 */
export function quantised([red, green, blue]: Rgb, levels: number): Rgb {
  return [quantisedChannel(red, levels), quantisedChannel(green, levels), quantisedChannel(blue, levels)];
}

/** How bright the brightest channel is: what an LED of one colour shows. */
export function intensity([red, green, blue]: Rgb): number {
  return Math.max(red, green, blue);
}

function quantisedChannel(value: number, levels: number): number {
  const inRange = value > 0 ? Math.min(value, 1) : 0;
  if (levels <= 2) return inRange >= ON_FROM ? 1 : 0;
  return Math.round(inRange * (levels - 1)) / (levels - 1);
}

/** sRGB to linear light, IEC 61966-2-1. */
function linear(srgb: number): number {
  return srgb <= 0.04045 ? srgb / 12.92 : ((srgb + 0.055) / 1.055) ** 2.4;
}

/** Linear light to sRGB, IEC 61966-2-1. */
export function srgb(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}
