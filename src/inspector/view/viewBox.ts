/** What of a drawing is seen, in its own units: an SVG's `viewBox`. */
export interface ViewBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Room around a drawing that is seen as a whole, of its size. */
const MARGIN = 0.02;

/** So many pixels a unit of the drawing can be at most. */
const MAX_SCALE = 4;

/** Pixels a unit of the drawing when it is looked at closely: letters are 10 units high. */
const READABLE_SCALE = 0.7;
const COMFORTABLE_SCALE = 1.4;

/** At least so much of the window, of its size, keeps showing something of the drawing. */
const KEPT = 0.2;

/** The whole of `drawing`, in the middle of a window with that shape. */
export function fitted(drawing: ViewBox, window: Size): ViewBox {
  const scale = Math.max(drawing.width / window.width, drawing.height / window.height) * (1 + 2 * MARGIN);
  const [width, height] = [window.width * scale, window.height * scale];
  return {
    x: drawing.x + (drawing.width - width) / 2,
    y: drawing.y + (drawing.height - height) / 2,
    width,
    height,
  };
}

/** The place in the drawing that `pixel`, counted from the window's corner, shows. */
export function placeAt(view: ViewBox, window: Size, pixel: Point): Point {
  return {
    x: view.x + (pixel.x / window.width) * view.width,
    y: view.y + (pixel.y / window.height) * view.height,
  };
}

/**
 * Nearer by `factor` (below 1: farther), with `place` staying where it is in the window. Not farther than the whole
 * drawing, and not nearer than its lines bear.
 */
export function zoomed(view: ViewBox, factor: number, place: Point, drawing: ViewBox, window: Size): ViewBox {
  const widest = fitted(drawing, window).width;
  const narrowest = Math.min(widest, window.width / MAX_SCALE);
  const width = Math.min(widest, Math.max(narrowest, view.width / factor));
  const share = width / view.width;
  return kept(
    {
      x: place.x - (place.x - view.x) * share,
      y: place.y - (place.y - view.y) * share,
      width,
      height: view.height * share,
    },
    drawing,
  );
}

/** Moved by so many pixels of the window: what is under a finger stays under it. */
export function panned(view: ViewBox, pixels: Point, drawing: ViewBox, window: Size): ViewBox {
  const x = view.x - (pixels.x / window.width) * view.width;
  const y = view.y - (pixels.y / window.height) * view.height;
  return kept({ ...view, x, y }, drawing);
}

/** `box` in the middle of the window, as large as can be, but with its lines neither too small to read nor huge. */
export function around(box: ViewBox, drawing: ViewBox, window: Size): ViewBox {
  const wished = window.width / fitted(box, window).width;
  const scale = Math.max(READABLE_SCALE, Math.min(COMFORTABLE_SCALE, wished));
  const [width, height] = [window.width / scale, window.height / scale];
  const view = { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
  return kept(view, drawing);
}

/** On the way from one view to another, from 0 to 1: slow at both ends. */
export function between(from: ViewBox, to: ViewBox, share: number): ViewBox {
  const eased = share * share * (3 - 2 * share);
  const mix = (a: number, b: number) => a * (1 - eased) + b * eased;
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    width: mix(from.width, to.width),
    height: mix(from.height, to.height),
  };
}

/** The same middle and the same scale in a window that has another size now. */
export function resized(view: ViewBox, before: Size, now: Size): ViewBox {
  const scale = view.width / before.width;
  const [width, height] = [now.width * scale, now.height * scale];
  return { x: view.x + (view.width - width) / 2, y: view.y + (view.height - height) / 2, width, height };
}

/** As an SVG writes it. */
export function viewBoxText({ x, y, width, height }: ViewBox): string {
  return [x, y, width, height].map((value) => Math.round(value * 100) / 100).join(' ');
}

/** The other way round; undefined when it is none. */
export function parseViewBox(text: string): ViewBox | undefined {
  const [x, y, width, height, ...rest] = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (x === undefined || y === undefined || width === undefined || height === undefined || rest.length > 0) return;
  return [x, y, width, height].every(Number.isFinite) && width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

function kept(view: ViewBox, drawing: ViewBox): ViewBox {
  const within = (start: number, length: number, from: number, extent: number) =>
    Math.max(from - length * (1 - KEPT), Math.min(start, from + extent - length * KEPT));
  return {
    ...view,
    x: within(view.x, view.width, drawing.x, drawing.width),
    y: within(view.y, view.height, drawing.y, drawing.height),
  };
}
