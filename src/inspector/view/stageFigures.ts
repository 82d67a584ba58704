import { percentile } from '../../bench/turnFigures.js';
import { STAGE_SPANS, stageSpans } from '../../observability/stageSpans.js';
import type { TurnRow } from '../protocol.js';
import { firstAudioTimes } from './viewState.js';

/** How long something took over several turns. */
export interface Figure {
  readonly label: string;
  /** The turns that had it. */
  readonly turns: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Time to first audio, then each stage that any of the turns had. */
export function stageFigures(turns: readonly TurnRow[]): Figure[] {
  const spans = turns.flatMap(({ timeline }) => stageSpans(timeline));
  const tookMs = (label: string) =>
    spans.filter((span) => span.label === label).map(({ fromMs, toMs }) => Math.max(0, toMs - fromMs));
  return [
    ...figure('Time to first audio', firstAudioTimes(turns)),
    ...STAGE_SPANS.flatMap(({ label }) => figure(label, tookMs(label))),
  ];
}

function figure(label: string, values: readonly number[]): Figure[] {
  const [p50Ms, p95Ms] = [percentile(values, 0.5), percentile(values, 0.95)];
  return p50Ms === null || p95Ms === null ? [] : [{ label, turns: values.length, p50Ms, p95Ms }];
}
