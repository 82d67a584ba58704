import { type Drawing, moved, type Point, together } from './drawing.js';
import type { Plan } from './street.js';

const BETWEEN_DRAWINGS = 14;
/** Width to height, of a screen on a desk. */
const ASPECT_RATIO = 16 / 10;

type Size = Pick<Drawing, 'width' | 'height'>;

interface Sheet extends Size {
  readonly places: readonly Point[];
}

/** Of each drawing one of its variants, together on one sheet: those, and so placed, that they appear largest on a screen. */
export function onOneSheet(drawings: readonly (readonly Plan[])[]): Drawing {
  const sheets = combinations(drawings.map(worthwhile)).map((chosen) => ({
    chosen,
    sheet: smallest(packings(chosen)),
  }));
  const { chosen, sheet } = sheets.reduce((best, other) => (extent(other.sheet) < extent(best.sheet) ? other : best));
  const placed = chosen.map((drawing, index) =>
    moved(drawing.draw(), sheet.places[index]?.x ?? 0, sheet.places[index]?.y ?? 0),
  );
  return together(placed, sheet.width, sheet.height);
}

/** Without those that another one beats in width and height. */
function worthwhile(plans: readonly Plan[]): Plan[] {
  const isBeaten = (plan: Plan, index: number) =>
    plans.some(
      (other, place) =>
        other.width <= plan.width &&
        other.height <= plan.height &&
        (place < index || other.width < plan.width || other.height < plan.height),
    );
  return plans.filter((plan, index) => !isBeaten(plan, index));
}

/** One of each, in every way. */
export function combinations<T>(variants: readonly (readonly T[])[]): T[][] {
  return variants.reduce<T[][]>((all, next) => all.flatMap((chosen) => next.map((one) => [...chosen, one])), [[]]);
}

/** The height of the smallest screen that shows all of it. */
function extent({ width, height }: Size): number {
  return Math.max(width / ASPECT_RATIO, height);
}

function smallest(sheets: readonly Sheet[]): Sheet {
  return sheets.reduce((best, sheet) => (extent(sheet) < extent(best) ? sheet : best));
}

/** The first above the others or left of them, the others in lines like words. */
function packings([first, ...others]: readonly Size[]): Sheet[] {
  if (first === undefined) return [{ places: [], width: 0, height: 0 }];
  const all = others.reduce((sum, { width }) => sum + width + BETWEEN_DRAWINGS, 0);
  const maxWidths = [first.width, ...others.map(({ width }) => width), all];
  return maxWidths.flatMap((maxWidth) => {
    const lines = inLines(others, maxWidth);
    const [right, below] = [first.width + BETWEEN_DRAWINGS, first.height + BETWEEN_DRAWINGS];
    const shifted = (dx: number, dy: number) => [
      { x: 0, y: 0 },
      ...lines.places.map(({ x, y }) => ({ x: x + dx, y: y + dy })),
    ];
    return [
      { places: shifted(0, below), width: Math.max(first.width, lines.width), height: below + lines.height },
      { places: shifted(right, 0), width: right + lines.width, height: Math.max(first.height, lines.height) },
    ];
  });
}

function inLines(sizes: readonly Size[], maxWidth: number): Sheet {
  let [x, y, lineHeight, width] = [0, 0, 0, 0];
  const places = sizes.map((size) => {
    if (x > 0 && x + size.width > maxWidth) {
      y += lineHeight + BETWEEN_DRAWINGS;
      [x, lineHeight] = [0, 0];
    }
    const place = { x, y };
    width = Math.max(width, x + size.width);
    lineHeight = Math.max(lineHeight, size.height);
    x += size.width + BETWEEN_DRAWINGS;
    return place;
  });
  return { places, width, height: y + lineHeight };
}
