import {
  around,
  between,
  fitted,
  type Point,
  panned,
  placeAt,
  resized,
  type Size,
  type ViewBox,
  viewBoxText,
  zoomed,
} from '../../view/viewBox.js';
import { listenForMoves } from './chartMoves.js';

const ZOOM_STEP = 1.3;
const MOVE_MS = 350;

/** "whole": all of it, whatever the window's size becomes. "follow": what is active. "free": what the user has chosen. */
export type ChartMode = 'whole' | 'follow' | 'free';

/** On a window that is narrower than this, nothing of the whole could be read. */
const NARROW_PX = 600;

/** A window onto a drawing, which can be moved and zoomed. */
export class ChartWindow {
  #size: Size;
  #view: ViewBox;
  #mode: ChartMode;
  #followed: ViewBox | undefined;
  #frame = 0;

  constructor(
    private readonly element: HTMLElement,
    private readonly svg: SVGSVGElement,
    private readonly drawing: ViewBox,
    private readonly onMode: (mode: ChartMode) => void,
    signal: AbortSignal,
  ) {
    this.#size = sizeOf(element);
    this.#view = fitted(drawing, this.#size);
    this.#mode = this.#size.width < NARROW_PX ? 'follow' : 'whole';
    onMode(this.#mode);
    this.#show(this.#view);
    listenForMoves(element, this, signal);
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(element);
    signal.addEventListener('abort', () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
    });
  }

  readonly zoomIn = (): void => this.zoom(ZOOM_STEP, this.#middle());
  readonly zoomOut = (): void => this.zoom(1 / ZOOM_STEP, this.#middle());

  /** Shows all of it. */
  readonly fit = (): void => {
    this.#setMode('whole');
    this.#moveTo(fitted(this.drawing, this.#size));
  };

  /** Goes on showing what is active, or stops doing so. */
  readonly toggleFollow = (): void => {
    this.#setMode(this.#mode === 'follow' ? 'free' : 'follow');
    if (this.#followed) this.follow(this.#followed);
  };

  /** What is active is there. */
  follow(box: ViewBox): void {
    this.#followed = box;
    if (this.#mode === 'follow') this.#moveTo(around(box, this.drawing, this.#size));
  }

  zoom(factor: number, pixel: Point): void {
    const place = placeAt(this.#view, this.#size, pixel);
    this.#setMode('free');
    this.#show(zoomed(this.#view, factor, place, this.drawing, this.#size));
  }

  pan(pixels: Point): void {
    this.#setMode('free');
    this.#show(panned(this.#view, pixels, this.drawing, this.#size));
  }

  #setMode(mode: ChartMode): void {
    cancelAnimationFrame(this.#frame);
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.onMode(mode);
  }

  #moveTo(to: ViewBox): void {
    cancelAnimationFrame(this.#frame);
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#show(to);
      return;
    }
    const from = this.#view;
    const beganAt = performance.now();
    const draw = () => {
      const share = Math.min(1, (performance.now() - beganAt) / MOVE_MS);
      this.#show(between(from, to, share));
      if (share < 1) this.#frame = requestAnimationFrame(draw);
    };
    draw();
  }

  #show(view: ViewBox): void {
    this.#view = view;
    this.svg.setAttribute('viewBox', viewBoxText(view));
  }

  #resize(): void {
    const now = sizeOf(this.element);
    const view = this.#mode === 'whole' ? fitted(this.drawing, now) : resized(this.#view, this.#size, now);
    cancelAnimationFrame(this.#frame);
    this.#size = now;
    this.#show(view);
    if (this.#followed) this.follow(this.#followed);
  }

  #middle(): Point {
    return { x: this.#size.width / 2, y: this.#size.height / 2 };
  }
}

function sizeOf(element: HTMLElement): Size {
  return { width: Math.max(1, element.clientWidth), height: Math.max(1, element.clientHeight) };
}
