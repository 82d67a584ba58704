import { STAGES, type TimelineReport } from '../observability/timeline.js';

/** What the figures need to know of a turn. */
export interface TimedTurn {
  /** The turn was taken from the user before the last word was out. */
  readonly cutOff: boolean;
  /** From the user's last voiced sample to the first audible one of the reply (ms); null without a reply. */
  readonly firstAudioMs: number | null;
  /** From the same moment. */
  readonly timeline: TimelineReport;
}

/** How the turns of one policy went. */
export interface PolicyFigures {
  readonly turns: number;
  /** Time to first audio (ms) of the turns that were not cut off: an early reply to half a question is not a fast one. */
  readonly p50: number | null;
  readonly p95: number | null;
  /** Share of the turns that ended before the user's last word did. */
  readonly falseCutoffRate: number;
  /** Tokens generated and not heard, per token heard. */
  readonly wastedTokensRatio: number;
  /** Median of each stage over the same turns as p50 (ms from the user's last voiced sample). */
  readonly stages: TimelineReport;
}

/** Tokens of the replies of one policy. */
export interface TokenCount {
  readonly generated: number;
  readonly heard: number;
}

export function policyFigures(turns: readonly TimedTurn[], { generated, heard }: TokenCount): PolicyFigures {
  const whole = turns.filter(({ cutOff }) => !cutOff);
  const firstAudio = whole.map(({ firstAudioMs }) => firstAudioMs).filter((ms) => ms !== null);
  return {
    turns: turns.length,
    p50: percentile(firstAudio, 0.5),
    p95: percentile(firstAudio, 0.95),
    falseCutoffRate: (turns.length - whole.length) / Math.max(1, turns.length),
    wastedTokensRatio: Math.max(0, generated - heard) / Math.max(1, heard),
    stages: stageMedians(whole.map(({ timeline }) => timeline)),
  };
}

/** The median of each stage over the turns that passed it; null for one that none did. */
function stageMedians(timelines: readonly TimelineReport[]): TimelineReport {
  return Object.fromEntries(
    STAGES.map((stage) => [
      stage,
      percentile(
        timelines.map((timeline) => timeline[stage]).filter((ms) => ms !== null),
        0.5,
      ),
    ]),
  ) as TimelineReport;
}

/** Nearest-rank percentile; null of nothing. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
