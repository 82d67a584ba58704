import {
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

const ZOOM_STEP = 1.3;
const PAN_STEP_PX = 60;

/** A wheel's notch is about 100 pixels, of a touch pad a few. */
const WHEEL_PX_A_STEP = 250;

/** A finger that moves less has tapped. */
const DRAG_FROM_PX = 4;

/** A window onto a drawing that is moved and zoomed by wheel, fingers, mouse, keys and buttons. */
export class ChartWindow {
  #size: Size;
  #view: ViewBox;
  /** Nothing was zoomed or moved yet: it shows the whole, whatever its size becomes. */
  #isWhole = true;
  readonly #pointers = new Map<number, Point>();
  #dragged = false;

  constructor(
    private readonly element: HTMLElement,
    private readonly svg: SVGSVGElement,
    private readonly drawing: ViewBox,
    signal: AbortSignal,
  ) {
    this.#size = sizeOf(element);
    this.#view = fitted(drawing, this.#size);
    this.#show(this.#view);
    element.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    element.addEventListener('keydown', (event) => this.#key(event), { signal });
    element.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    element.addEventListener('pointermove', (event) => this.#move(event), { signal });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
      element.addEventListener(end, ({ pointerId }) => this.#pointers.delete(pointerId), { signal });
    }
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(element);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  /** The last press has moved the drawing, and was no tap. */
  get wasDragged(): boolean {
    return this.#dragged;
  }

  readonly zoomIn = (): void => this.#zoom(ZOOM_STEP, this.#middle());
  readonly zoomOut = (): void => this.#zoom(1 / ZOOM_STEP, this.#middle());
  readonly fit = (): void => {
    this.#isWhole = true;
    this.#show(fitted(this.drawing, this.#size));
  };

  #zoom(factor: number, pixel: Point): void {
    const place = placeAt(this.#view, this.#size, pixel);
    this.#isWhole = false;
    this.#show(zoomed(this.#view, factor, place, this.drawing, this.#size));
  }

  #pan(pixels: Point): void {
    this.#isWhole = false;
    this.#show(panned(this.#view, pixels, this.drawing, this.#size));
  }

  #show(view: ViewBox): void {
    this.#view = view;
    this.svg.setAttribute('viewBox', viewBoxText(view));
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * 33;
    // A pinch on a touch pad comes as a wheel with "ctrl", in small steps.
    const steps = (event.ctrlKey ? pixels * 4 : pixels) / WHEEL_PX_A_STEP;
    this.#zoom(ZOOM_STEP ** -steps, this.#pixelOf(event));
  }

  #key(event: KeyboardEvent): void {
    const keys: Readonly<Record<string, () => void>> = {
      '+': this.zoomIn,
      '=': this.zoomIn,
      '-': this.zoomOut,
      '0': this.fit,
      ArrowLeft: () => this.#pan({ x: PAN_STEP_PX, y: 0 }),
      ArrowRight: () => this.#pan({ x: -PAN_STEP_PX, y: 0 }),
      ArrowUp: () => this.#pan({ x: 0, y: PAN_STEP_PX }),
      ArrowDown: () => this.#pan({ x: 0, y: -PAN_STEP_PX }),
    };
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    if (this.#pointers.size === 0) this.#dragged = false;
    this.#pointers.set(event.pointerId, this.#pixelOf(event));
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = this.#pixelOf(event);
    const moved = { x: now.x - before.x, y: now.y - before.y };
    if (!this.#dragged && Math.hypot(moved.x, moved.y) < DRAG_FROM_PX) return;
    this.#dragged = true;
    this.element.setPointerCapture(event.pointerId);
    const [other] = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.#pointers.set(event.pointerId, now);
    if (!other) {
      this.#pan(moved);
      return;
    }
    // Two fingers: what is between them stays there. Each of them moves it by half.
    this.#pan({ x: moved.x / 2, y: moved.y / 2 });
    const spread = Math.hypot(now.x - other.x, now.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y);
    this.#zoom(Number.isFinite(spread) ? spread : 1, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  }

  #resize(): void {
    const now = sizeOf(this.element);
    const view = this.#isWhole ? fitted(this.drawing, now) : resized(this.#view, this.#size, now);
    this.#size = now;
    this.#show(view);
  }

  #pixelOf({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  #middle(): Point {
    return { x: this.#size.width / 2, y: this.#size.height / 2 };
  }
}

function sizeOf(element: HTMLElement): Size {
  return { width: Math.max(1, element.clientWidth), height: Math.max(1, element.clientHeight) };
}
