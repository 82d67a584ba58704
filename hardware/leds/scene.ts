import type { LedPatterns } from './ledPatterns.js';
import type { LedPattern } from './pattern.js';
import { renderPattern, stillForMs } from './renderPattern.js';
import type { Rgb } from './rgb.js';
import type { LedSignals } from './signals.js';

/** Neighbouring pixels that show one pattern, or several in turn. */
interface Lane {
  readonly pixels: number;
  readonly patterns: readonly LedPattern[];
}

/** What all pixels show, side by side. */
export type Scene = readonly Lane[];

/** Patterns that take turns are each seen for whole periods and at least so long. */
const MIN_TURN_MS = 1500;

/**
 * Spreads signals over pixels: what the assistant does comes first, then muted, then a pixel for every fault. Where
 * pixels are too few, faults share one by taking turns; on a single LED all of them do, and muted has every second turn.
 */
export function composeScene({ base, muted, faults }: LedSignals, patterns: LedPatterns, pixels: number): Scene {
  if (pixels === 0) return [];
  const first = patterns[base];
  const mutedBeside = muted && base !== 'muted' ? [patterns.muted] : [];
  const faultPatterns = faults.map((fault) => patterns[fault]);
  if (pixels === 1) return [{ pixels, patterns: inTurn(first, mutedBeside, faultPatterns) }];

  const faultPixels = Math.min(faultPatterns.length, pixels - 1 - mutedBeside.length);
  const besides = mutedBeside.length + faultPixels;
  const withoutPixel = faultPixels === 0 ? faultPatterns : [];
  return [
    { pixels: pixels - besides, patterns: inTurn(first, [], withoutPixel) },
    ...mutedBeside.map((pattern) => ({ pixels: 1, patterns: [pattern] })),
    ...Array.from({ length: faultPixels }, (_, pixel) => ({
      pixels: 1,
      patterns: faultPatterns.filter((_, fault) => fault % faultPixels === pixel),
    })),
  ];
}

/** One moment of a scene; `timeMs` since it began. */
export function renderScene(scene: Scene, timeMs: number): readonly Rgb[] {
  return scene.flatMap((lane) => {
    const { pattern, inTurnMs } = turnAt(lane, timeMs);
    return renderPattern(pattern, inTurnMs, lane.pixels);
  });
}

/** How long a picture drawn at `timeMs` is good for; `Infinity` when nothing changes. See `stillForMs`. */
export function sceneStillForMs(scene: Scene, timeMs: number): number {
  return Math.min(
    ...scene.map((lane) => {
      const { pattern, inTurnMs, turnLeftMs } = turnAt(lane, timeMs);
      return Math.min(stillForMs(pattern, inTurnMs), turnLeftMs);
    }),
  );
}

/** The order of turns on one LED: what the assistant does first, and muted, or else that, in every second turn. */
function inTurn(first: LedPattern, muted: readonly LedPattern[], faults: readonly LedPattern[]): LedPattern[] {
  const [anchor = first] = muted;
  if (muted.length + faults.length === 0) return [first];
  if (muted.length === 0) return faults.flatMap((fault) => [anchor, fault]);
  return [first, anchor, ...faults.flatMap((fault) => [fault, anchor])];
}

function turnAt(lane: Lane, timeMs: number): { pattern: LedPattern; inTurnMs: number; turnLeftMs: number } {
  const [only = { kind: 'off' } as const, ...others] = lane.patterns;
  if (others.length === 0) return { pattern: only, inTurnMs: timeMs, turnLeftMs: Infinity };
  const roundMs = lane.patterns.reduce((sum, pattern) => sum + turnMs(pattern), 0);
  let inTurnMs = timeMs % roundMs;
  for (const pattern of lane.patterns) {
    const turnLeftMs = turnMs(pattern) - inTurnMs;
    if (turnLeftMs > 0) return { pattern, inTurnMs, turnLeftMs };
    inTurnMs -= turnMs(pattern);
  }
  return { pattern: only, inTurnMs: 0, turnLeftMs: turnMs(only) };
}

function turnMs(pattern: LedPattern): number {
  const periodMs = 'periodMs' in pattern ? pattern.periodMs : MIN_TURN_MS;
  return periodMs * Math.ceil(MIN_TURN_MS / periodMs);
}
