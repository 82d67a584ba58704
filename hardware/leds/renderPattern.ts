import { FLASH_MS, FLASH_PAUSE_MS, type LedPattern } from './pattern.js';
import { DARK, type Rgb, scaled } from './rgb.js';

/** Between its flashes a `pulse` glows on, so that its colour is never away; an on/off LED is off then. */
const GLOW = 0.1;

/** Fading looks even when light follows a power of the wanted brightness, as in sRGB's approximate gamma. */
const GAMMA = 2.2;

/** At most 4 % of brightness a step. Slow patterns need fewer pictures a second, and so less of the processor. */
const STEPS_A_PERIOD = 80;

/** The trail behind a `spin` fades faster, or its head would not stand out. */
const TRAIL_GAMMA = 4;

/**
 * One moment of a pattern, linear light.
 * @param timeMs since the pattern began, 0 or more; every pattern begins with its light on, so that it is seen at once
 */
export function renderPattern(pattern: LedPattern, timeMs: number, pixelCount: number): readonly Rgb[] {
  return Array.from({ length: pixelCount }, (_, pixel) => pixelAt(pattern, timeMs, pixel, pixelCount));
}

/**
 * How long a picture drawn at `timeMs` is good for: until the next change where there are steps, and `Infinity` when
 * there is none. What flows is cut into steps that the eye takes for flowing.
 */
export function stillForMs(pattern: LedPattern, timeMs: number): number {
  switch (pattern.kind) {
    case 'off':
    case 'solid':
      return Infinity;
    case 'breathe':
    case 'spin':
      return pattern.periodMs / STEPS_A_PERIOD;
    case 'blink': {
      const halfMs = pattern.periodMs / 2;
      return halfMs - (timeMs % halfMs);
    }
    case 'pulse': {
      const inPeriodMs = timeMs % pattern.periodMs;
      const stepMs = FLASH_MS + FLASH_PAUSE_MS;
      if (inPeriodMs >= (pattern.flashes - 1) * stepMs + FLASH_MS) return pattern.periodMs - inPeriodMs;
      const inStepMs = inPeriodMs % stepMs;
      return (inStepMs < FLASH_MS ? FLASH_MS : stepMs) - inStepMs;
    }
  }
}

function pixelAt(pattern: LedPattern, timeMs: number, pixel: number, pixelCount: number): Rgb {
  switch (pattern.kind) {
    case 'off':
      return DARK;
    case 'solid':
      return pattern.colour;
    case 'breathe':
      return scaled(pattern.colour, (0.5 + 0.5 * Math.cos((2 * Math.PI * timeMs) / pattern.periodMs)) ** GAMMA);
    case 'blink':
      return timeMs % pattern.periodMs < pattern.periodMs / 2 ? pattern.colour : DARK;
    case 'spin': {
      // How much of the circle the head has gone since it passed this pixel. One pixel alone flashes and fades.
      const circle = pattern.periodMs * pixelCount;
      const behind = ((timeMs * pixelCount + pattern.periodMs * (pixelCount - pixel)) % circle) / circle;
      return scaled(pattern.colour, (1 - behind) ** TRAIL_GAMMA);
    }
    case 'pulse': {
      const inPeriodMs = timeMs % pattern.periodMs;
      const stepMs = FLASH_MS + FLASH_PAUSE_MS;
      const isFlash = inPeriodMs < pattern.flashes * stepMs && inPeriodMs % stepMs < FLASH_MS;
      return isFlash ? pattern.colour : scaled(pattern.colour, GLOW);
    }
  }
}
