import { useEffect, useRef, useState } from 'preact/hooks';
import '../chart.css';
import './chartView.css';
import type { TransitionId } from '../../protocol.js';
import { statusInWords } from '../../view/statusInWords.js';
import { parseViewBox } from '../../view/viewBox.js';
import { usePart, type ViewStore } from '../viewStore.js';
import { ChartDrawing, transitionsAt } from './chartDrawing.js';
import type { ChartSource } from './chartSource.js';
import { type ChartMode, ChartWindow } from './chartWindow.js';
import { TakenList } from './TakenList.js';
import { TransitionTip } from './TransitionTip.js';

interface ChartViewProps {
  readonly store: ViewStore;
  readonly load: ChartSource;
}

/** A transition that somebody points at, and where on the window. */
export interface Pointed {
  readonly transitions: readonly TransitionId[];
  readonly x: number;
  readonly y: number;
}

/** So far from the sides of the window there is room for what is said of a transition. */
const TIP_HALF_PX = 130;

interface OpenChart {
  readonly drawing: ChartDrawing;
  readonly window: ChartWindow;
}

/** The statechart, live: what is active is lit, what was just taken flashes. */
export function ChartView({ store, load }: ChartViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const [chart, open] = useState<OpenChart | null>(null);
  const [mode, showMode] = useState<ChartMode>('whole');
  const [problem, tell] = useState('');
  const [pointed, point] = useState<Pointed | null>(null);
  const active = usePart(store, (view) => view.active);
  const flash = usePart(store, (view) => view.flash);
  const taken = usePart(store, (view) => view.taken);

  useEffect(() => {
    const leaving = new AbortController();
    load().then(
      (svg) => {
        const place = element.current;
        if (leaving.signal.aborted || !place) return;
        const extent = parseViewBox(svg.getAttribute('viewBox') ?? '');
        if (!extent) {
          tell('The statechart has no size.');
          return;
        }
        for (const attribute of ['width', 'height']) svg.removeAttribute(attribute);
        svg.setAttribute('aria-hidden', 'true');
        place.append(svg);
        const drawing = new ChartDrawing(svg);
        leaving.signal.addEventListener('abort', () => {
          drawing.close();
          svg.remove();
        });
        open({ drawing, window: new ChartWindow(place, svg, extent, showMode, leaving.signal) });
      },
      (error: unknown) =>
        tell(`The statechart could not be loaded: ${error instanceof Error ? error.message : String(error)}.`),
    );
    return () => leaving.abort();
  }, [load]);
  useEffect(() => {
    if (!chart) return;
    chart.drawing.light(active);
    const place = chart.drawing.placeOfTurn(active);
    if (place) chart.window.follow(place);
  }, [chart, active]);
  useEffect(() => chart?.drawing.flash(flash.transitions), [chart, flash]);
  useEffect(() => chart?.drawing.point(pointed?.transitions ?? []), [chart, pointed]);

  const pointAt = (event: MouseEvent) => {
    const transitions = event.target instanceof Element ? transitionsAt(event.target) : [];
    const corner = element.current?.getBoundingClientRect();
    if (transitions.length === 0 || !corner) point(null);
    else {
      const x = Math.max(TIP_HALF_PX, Math.min(event.clientX - corner.left, corner.width - TIP_HALF_PX));
      point({ transitions, x, y: event.clientY - corner.top });
    }
  };
  return (
    <section class="chart-view" aria-labelledby="chart-title">
      <h2 id="chart-title" class="unseen">
        Statechart
      </h2>
      <div class="chart-stage">
        <div
          ref={element}
          class="chart-window"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and zoomed with the keyboard, as a map is.
          tabIndex={0}
          role="application"
          aria-label={`Drawing of the statechart. Active: ${statusInWords(active).text}. Arrow keys move it, plus and minus zoom, 0 shows all of it.`}
          onPointerOver={(event) => event.pointerType === 'mouse' && event.buttons === 0 && pointAt(event)}
          onPointerLeave={(event) => event.pointerType === 'mouse' && point(null)}
          onClick={pointAt}
          onKeyDown={({ key }) => key === 'Escape' && point(null)}
        />
        {pointed && <TransitionTip pointed={pointed} taken={taken} />}
        {problem !== '' && (
          <p class="notice" role="alert">
            {problem}
          </p>
        )}
        <div class="zoom">
          <button type="button" aria-label="Zoom in" onClick={() => chart?.window.zoomIn()}>
            +
          </button>
          <button type="button" aria-label="Zoom out" onClick={() => chart?.window.zoomOut()}>
            −
          </button>
          <button type="button" class="word" onClick={() => chart?.window.fit()}>
            Fit
          </button>
          <button
            type="button"
            class="word"
            aria-pressed={mode === 'follow'}
            onClick={() => chart?.window.toggleFollow()}
          >
            Follow
          </button>
        </div>
      </div>
      <TakenList taken={taken} onPoint={(id) => chart?.drawing.point(id === null ? [] : [id])} />
    </section>
  );
}
