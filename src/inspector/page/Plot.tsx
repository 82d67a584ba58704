import { useEffect, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './plot.css';

/** Colours of the page, as it is now: a plot is a picture and does not follow the style by itself. */
export interface PlotColours {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly accent: string;
  readonly second: string;
  readonly font: string;
}

type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>;

interface PlotProps {
  /** What the plot says, in words. */
  readonly label: string;
  readonly heightPx: number;
  readonly data: uPlot.AlignedData;
  /** Must stay the same function as long as the plot looks the same. */
  readonly options: (colours: PlotColours) => PlotOptions;
}

/** A plot as wide as the room that it has. */
export function Plot({ label, heightPx, data, options }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const [plot, show] = useState<uPlot | null>(null);
  const isDark = useDark();
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let made: uPlot | undefined;
    const resize = new ResizeObserver(() => made?.setSize({ width: element.clientWidth, height: heightPx }));
    let isLeft = false;
    // The plots' code is fetched when the first one is wanted, so that the page itself is there sooner.
    void import('uplot').then(({ default: UPlot }) => {
      if (isLeft) return;
      const size = { width: element.clientWidth, height: heightPx };
      made = new UPlot({ ...options(coloursOf(element)), ...size }, [[], []], element);
      resize.observe(element);
      show(made);
    });
    return () => {
      isLeft = true;
      resize.disconnect();
      made?.destroy();
      show(null);
    };
  }, [options, heightPx, isDark]);
  useEffect(() => plot?.setData(data), [plot, data]);
  return <div ref={place} class="plot" role="img" aria-label={label} style={{ height: `${heightPx}px` }} />;
}

function useDark(): boolean {
  const [query] = useState(() => window.matchMedia('(prefers-color-scheme: dark)'));
  const [isDark, change] = useState(query.matches);
  useEffect(() => {
    const listener = () => change(query.matches);
    query.addEventListener('change', listener);
    return () => query.removeEventListener('change', listener);
  }, [query]);
  return isDark;
}

function coloursOf(element: Element): PlotColours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: colour('ink'),
    soft: colour('soft'),
    line: colour('line'),
    accent: colour('accent'),
    second: colour('second'),
    font: `12px ${style.fontFamily}`,
  };
}
