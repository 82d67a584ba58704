import type { TurnEnding } from '../../src/bench/benchedAssistant.js';
import type { PiModel } from '../../src/bench/sim/piSpeeds.js';

/** What is held to its figures. */
export interface BenchRun {
  readonly pi: PiModel;
  readonly llmModel: string;
  readonly turns: number;
  readonly seed: number;
  readonly ending: TurnEnding;
}

/** Time to first audio (ms) and the share of users that were cut off. */
export interface BenchFigures {
  readonly p50: number;
  readonly p95: number;
  readonly falseCutoffRate: number;
}

export interface BenchBaseline {
  readonly runs: Readonly<Record<string, BenchRun>>;
  readonly figures: Readonly<Record<string, BenchFigures>>;
}

/** So much slower than the baseline is a change for the worse, not the price of another one. */
const TOLERANCE = 0.05;

/** What has become worse than the baseline, in sentences. */
export function worsened({ figures }: BenchBaseline, now: Readonly<Record<string, BenchFigures>>): string[] {
  return Object.entries(now).flatMap(([name, { p50, p95, falseCutoffRate }]) => {
    const before = figures[name];
    if (!before) return [`${name}: there is no baseline. Make one: npm run bench:gate -- --update`];
    return [
      ...(['p50', 'p95'] as const).flatMap((figure) => {
        const [was, is] = [before[figure], { p50, p95 }[figure]];
        return is <= was * (1 + TOLERANCE) ? [] : [`${name}: ${figure} was ${was} ms and is ${is} ms now.`];
      }),
      ...(falseCutoffRate <= before.falseCutoffRate
        ? []
        : [`${name}: ${before.falseCutoffRate} of the users were cut off, ${falseCutoffRate} are now.`]),
    ];
  });
}
