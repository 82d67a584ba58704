/** Rows of a long list that are drawn; for the others there is empty room. */
export interface RowWindow {
  readonly first: number;
  /** Not included. */
  readonly end: number;
  readonly roomAbovePx: number;
  readonly roomBelowPx: number;
}

/** Rows beyond what is seen, above and below, so that scrolling finds them drawn. */
const OVERSCAN = 8;

/** The rows of a list that a scrolled window of `heightPx` shows, where each is `rowPx` high. */
export function rowWindow(rows: number, rowPx: number, scrolledPx: number, heightPx: number): RowWindow {
  const within = (row: number) => Math.max(0, Math.min(rows, row));
  const first = within(Math.floor(scrolledPx / rowPx) - OVERSCAN);
  const end = within(Math.ceil((scrolledPx + heightPx) / rowPx) + OVERSCAN);
  return { first, end, roomAbovePx: first * rowPx, roomBelowPx: (rows - end) * rowPx };
}
