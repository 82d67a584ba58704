import { type LedPattern, parsePattern } from './pattern.js';
import { LED_SIGNALS, type LedSignal } from './signals.js';

/** How each signal is shown. */
export type LedPatterns = Readonly<Record<LedSignal, LedPattern>>;

/**
 * What holds where the owner has not chosen. No two look alike on a single LED that can only be on or off, so that
 * nobody has to tell colours apart; none flashes more than three times a second (WCAG 2.3.1).
 */
export const DEFAULT_PATTERNS: Readonly<Record<LedSignal, string>> = {
  idle: 'off',
  listening: 'solid #0060ff',
  hearing: 'breathe #00b0ff 800ms',
  thinking: 'spin #a040ff 1200ms',
  speaking: 'breathe #20ff60 2s',
  followUp: 'breathe #0060ff 4s',
  muted: 'pulse #ff2000 3s 2x',
  warmingUp: 'spin #ffb000 3s',
  counting: 'blink #ff2000 350ms',
  ringing: 'pulse #ffffff 1200ms 2x',
  microphoneLost: 'pulse #ff6000 4s 3x',
  speakerLost: 'pulse #ffc000 4s 4x',
  modelUnreachable: 'pulse #ff00ff 5s 5x',
  error: 'blink #ff0000 600ms',
  shuttingDown: 'blink #ffffff 1500ms',
};

/**
 * Reads a whole table of patterns.
 * @throws {PatternError} when one of them is not a pattern
 */
export function parsePatterns(texts: Readonly<Record<LedSignal, string>>): LedPatterns {
  return Object.fromEntries(LED_SIGNALS.map((signal) => [signal, parsePattern(texts[signal])])) as Record<
    LedSignal,
    LedPattern
  >;
}
