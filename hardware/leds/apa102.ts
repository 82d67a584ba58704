import type { LedOutput } from './drivers.js';
import { DARK, quantised, type Rgb } from './rgb.js';
import type { SpiDevice } from './spiDevice.js';

/** The largest value of the brightness that each LED has besides its colour. */
const FULL_BRIGHTNESS = 31;
const LEVELS = 256;

/**
 * A picture as APA102 and SK9822 LEDs read it (data sheets of both): 32 zero bits; for each LED 0b111 and 5 bits of
 * brightness, then blue, green, red; zeros again. The SK9822 shows a picture only after 32 more bits, and each LED
 * delays the data by half a clock, so that half a bit for each LED is needed behind that.
 * @param brightness of all LEDs, 0 to 31: at low brightness it leaves colours all of their 256 steps
 */
export function encodeApa102(pixels: readonly Rgb[], brightness: number): Uint8Array {
  const endBytes = 4 + Math.ceil(pixels.length / 16);
  const bytes = new Uint8Array(4 + 4 * pixels.length + endBytes);
  for (const [index, pixel] of pixels.entries()) {
    const [red, green, blue] = quantised(pixel, LEVELS).map((channel) => Math.round(channel * (LEVELS - 1)));
    bytes.set([0b1110_0000 | brightness, blue ?? 0, green ?? 0, red ?? 0], 4 + 4 * index);
  }
  return bytes;
}

export interface Apa102Options {
  /** How many LEDs. */
  readonly pixels: number;
  /** Of all of them, 0 to 1. */
  readonly brightness: number;
}

/** APA102 or SK9822 LEDs on an SPI bus. They do not answer: whether they are there cannot be known. */
export function apa102Leds(spi: SpiDevice, { pixels: pixelCount, brightness }: Apa102Options): LedOutput {
  const step = Math.ceil(brightness * FULL_BRIGHTNESS);
  const write = (pixels: readonly Rgb[]) => {
    const picture = Array.from({ length: pixelCount }, (_, index) => pixels[index] ?? DARK);
    spi.write(encodeApa102(picture, step));
  };
  let closed = false;
  return {
    name: `apa102 ${spi.path}`,
    pixels: pixelCount,
    levels: LEVELS,
    show(pixels) {
      if (!closed) write(pixels);
    },
    async close() {
      if (closed) return;
      closed = true;
      try {
        write([]);
      } catch {
        // The bus is gone: there is nothing to turn off.
      } finally {
        spi.close();
      }
    },
  };
}
