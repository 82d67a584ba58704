import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { percentile } from '../../../bench/turnFigures.js';
import type { TurnRow } from '../../protocol.js';
import { durationInWords } from '../../view/durations.js';
import { firstAudioTimes } from '../../view/viewState.js';
import { Plot, type PlotColours } from '../Plot.js';

const HEIGHT_PX = 250;

/** Time to first audio over the turns, with the lines under which half of them and 19 of 20 stay. */
export function FirstAudioPlot({ turns }: { readonly turns: readonly TurnRow[] }) {
  const { data, label } = useMemo(() => {
    const times = firstAudioTimes(turns);
    const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
    const inSeconds = times.map((ms) => ms / 1000);
    const level = (ms: number | null) => times.map(() => (ms === null ? null : ms / 1000));
    return {
      data: [times.map((_, index) => index + 1), inSeconds, level(p50), level(p95)] satisfies uPlot.AlignedData,
      label: `Time to first audio of the last ${times.length} turns that were answered. Half stay under ${durationInWords(p50 ?? 0)}, 19 of 20 under ${durationInWords(p95 ?? 0)}.`,
    };
  }, [turns]);
  return data[0].length === 0 ? null : <Plot label={label} heightPx={HEIGHT_PX} data={data} options={plotOptions} />;
}

function plotOptions({ soft, line, accent, second, font }: PlotColours): Omit<uPlot.Options, 'width' | 'height'> {
  const axis: uPlot.Axis = {
    stroke: soft,
    font,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    border: { show: false },
  };
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [18, 44, 0, 0],
    scales: {
      x: { time: false, range: (_, min, max) => [min - 0.5, Math.max(max, min + 9) + 0.5] },
      y: { range: fromZero },
    },
    axes: [
      { ...axis, size: 28, incrs: [1, 2, 5, 10, 20, 50], grid: { show: false } },
      { ...axis, size: 48, values: (_, values) => values.map((value) => `${value} s`) },
    ],
    series: [
      {},
      { stroke: accent, width: 1, points: { show: true, size: 5, fill: accent, width: 0 } },
      { stroke: soft, width: 1, points: { show: false } },
      { stroke: second, width: 1, dash: [5, 4], points: { show: false } },
    ],
    hooks: { draw: [(plot) => nameLevels(plot, [soft, second], font)] },
  };
}

function fromZero(_: uPlot, __: number, max: number): uPlot.Range.MinMax {
  return [0, (max || 1) * 1.1];
}

/** "p50" and "p95" at the end of their lines. */
function nameLevels(plot: uPlot, colours: readonly [string, string], font: string): void {
  const { ctx, bbox } = plot;
  const [p50, p95] = [plot.data[2]?.[0], plot.data[3]?.[0]].map((value) =>
    value == null ? null : plot.valToPos(value, 'y', true),
  );
  const line = 14 * devicePixelRatio;
  ctx.save();
  ctx.font = font.replace(/^\d+/, (size) => String(Number(size) * devicePixelRatio));
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const x = bbox.left + bbox.width + 6 * devicePixelRatio;
  if (p95 != null) {
    ctx.fillStyle = colours[1];
    ctx.fillText('p95', x, p95);
  }
  if (p50 != null) {
    ctx.fillStyle = colours[0];
    ctx.fillText('p50', x, p95 == null ? p50 : Math.max(p50, p95 + line));
  }
  ctx.restore();
}
