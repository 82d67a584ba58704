import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { TRACE_MS, traceColumns } from '../../view/trace.js';
import { Plot, type PlotColours } from '../Plot.js';
import { usePart, type ViewStore } from '../viewStore.js';

const HEIGHT_PX = 180;

/** Quieter than this is drawn at the bottom. */
const LOWEST_DB = -80;

/** What the microphone hears, and how sure the detector is that it is speech: the last 15 seconds. */
export function TracePlot({ store }: { readonly store: ViewStore }) {
  const trace = usePart(store, (view) => view.trace);
  const data = useMemo(() => traceColumns(trace), [trace]);
  const last = trace.at(-1);
  const isHeard = last?.levelDb != null;
  return (
    <div class="trace">
      <div class="trace-head">
        <h3>Microphone</h3>
        <dl class="legend">
          <div>
            <dt class="level">Level</dt>
            <dd>{isHeard ? `${Math.round(last.levelDb)} dB` : 'not open'}</dd>
          </div>
          <div>
            <dt class="speech">Speech</dt>
            <dd>{last?.speechProbability == null ? 'not open' : `${Math.round(last.speechProbability * 100)} %`}</dd>
          </div>
        </dl>
      </div>
      <Plot
        label="Level at the microphone and probability of speech over the last 15 seconds"
        heightPx={HEIGHT_PX}
        data={data}
        options={plotOptions}
      />
    </div>
  );
}

function plotOptions({ soft, line, accent, second, font }: PlotColours): Omit<uPlot.Options, 'width' | 'height'> {
  const axis: uPlot.Axis = { stroke: soft, font, ticks: { show: false }, border: { show: false } };
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 0, 0, 0],
    scales: {
      x: { time: false, range: () => [-TRACE_MS / 1000, 0] },
      db: { range: () => [LOWEST_DB, 0] },
      share: { range: () => [0, 1] },
    },
    axes: [
      {
        ...axis,
        size: 26,
        grid: { show: false },
        values: (_, values) => values.map((value) => (value === 0 ? '' : `${value} s`)),
      },
      {
        ...axis,
        scale: 'db',
        size: 54,
        splits: () => [-80, -60, -40, -20, 0],
        grid: { stroke: line, width: 1 },
        values: (_, values) => values.map((value) => `${value} dB`),
      },
      {
        ...axis,
        scale: 'share',
        side: 1,
        size: 48,
        splits: () => [0, 0.5, 1],
        grid: { show: false },
        values: (_, values) => values.map((value) => `${value * 100} %`),
      },
    ],
    series: [
      {},
      { scale: 'db', stroke: accent, width: 1.5, points: { show: false } },
      { scale: 'share', stroke: second, width: 1.5, dash: [4, 3], points: { show: false } },
    ],
  };
}
