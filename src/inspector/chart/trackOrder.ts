/** A line across a street of tracks, from one side to its lane's track. */
export interface Stub {
  readonly lane: number;
  readonly x: number;
  readonly from: 'above' | 'below';
}

/**
 * The order of the lanes, topmost first, in which few stubs cross lanes that they do not belong to: pairs change places for
 * as long as that helps.
 */
export function fewestCrossings(lanes: number, stubs: readonly Stub[]): number[] {
  const spans = Array.from({ length: lanes }, (_, lane) => {
    const places = stubs.filter((stub) => stub.lane === lane).map(({ x }) => x);
    return { from: Math.min(...places), to: Math.max(...places) };
  });
  let best = [...spans.keys()];
  let fewest = crossings(best, spans, stubs);
  for (let improved = true; improved; ) {
    improved = false;
    for (let one = 0; one < lanes; one += 1) {
      for (let other = one + 1; other < lanes; other += 1) {
        const swapped = best.with(one, best[other] ?? 0).with(other, best[one] ?? 0);
        const count = crossings(swapped, spans, stubs);
        if (count >= fewest) continue;
        [best, fewest, improved] = [swapped, count, true];
      }
    }
  }
  return best;
}

function crossings(
  order: readonly number[],
  spans: readonly { readonly from: number; readonly to: number }[],
  stubs: readonly Stub[],
): number {
  let count = 0;
  for (const { lane, x, from } of stubs) {
    const track = order.indexOf(lane);
    const passed = from === 'above' ? order.slice(0, track) : order.slice(track + 1);
    count += passed.filter((other) => isWithin(x, spans[other])).length;
  }
  return count;
}

function isWithin(x: number, span: { readonly from: number; readonly to: number } | undefined): boolean {
  return span !== undefined && span.from < x && x < span.to;
}
