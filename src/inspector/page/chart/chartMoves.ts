import type { Point } from '../../view/viewBox.js';

const PAN_STEP_PX = 60;

/** A wheel's notch is about 100 pixels, of a touch pad a few. */
const ZOOM_A_PIXEL = 1.001;

/** A pinch on a touch pad comes as a wheel with "ctrl", in small steps. */
const PINCH_PIXELS = 6;

/** A wheel that counts lines: so many pixels each. */
const LINE_PX = 33;

/** A finger that moves less has tapped. */
const DRAG_FROM_PX = 4;

/** What can be moved. Pixels are counted from its corner. */
export interface Movable {
  pan(pixels: Point): void;
  /** Nearer by `factor`, with what is at `pixel` staying there. */
  zoom(factor: number, pixel: Point): void;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
}

/** Moves `movable` as wheel, fingers, mouse and keys on `element` say. A press that was a drag is no click. */
export function listenForMoves(element: HTMLElement, movable: Movable, signal: AbortSignal): void {
  const pointers = new Map<number, Point>();
  let dragged = false;
  const pixelOf = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE_PX;
    movable.zoom(ZOOM_A_PIXEL ** -(event.ctrlKey ? pixels * PINCH_PIXELS : pixels), pixelOf(event));
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) dragged = false;
    pointers.set(event.pointerId, pixelOf(event));
  };
  const move = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = pixelOf(event);
    const moved = { x: now.x - before.x, y: now.y - before.y };
    if (!dragged && Math.hypot(moved.x, moved.y) < DRAG_FROM_PX) return;
    dragged = true;
    element.setPointerCapture(event.pointerId);
    const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    pointers.set(event.pointerId, now);
    if (!other) {
      movable.pan(moved);
      return;
    }
    // Two fingers: what is between them stays there. Each of them moves it by half.
    movable.pan({ x: moved.x / 2, y: moved.y / 2 });
    const spread = Math.hypot(now.x - other.x, now.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y);
    movable.zoom(Number.isFinite(spread) ? spread : 1, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  };
  const click = (event: MouseEvent) => {
    if (dragged) event.stopImmediatePropagation();
    dragged = false;
  };
  element.addEventListener('wheel', wheel, { signal, passive: false });
  element.addEventListener('keydown', (event) => pressed(event, movable), { signal });
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('click', click, { signal, capture: true });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
    element.addEventListener(end, ({ pointerId }) => pointers.delete(pointerId), { signal });
  }
}

function pressed(event: KeyboardEvent, movable: Movable): void {
  const keys: Readonly<Record<string, () => void>> = {
    '+': () => movable.zoomIn(),
    '=': () => movable.zoomIn(),
    '-': () => movable.zoomOut(),
    '0': () => movable.fit(),
    ArrowLeft: () => movable.pan({ x: PAN_STEP_PX, y: 0 }),
    ArrowRight: () => movable.pan({ x: -PAN_STEP_PX, y: 0 }),
    ArrowUp: () => movable.pan({ x: 0, y: PAN_STEP_PX }),
    ArrowDown: () => movable.pan({ x: 0, y: -PAN_STEP_PX }),
  };
  const act = keys[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
}
