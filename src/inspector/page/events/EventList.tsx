import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LogEntry } from '../../protocol.js';
import { rowWindow } from '../../view/rowWindow.js';
import { EventRow } from './EventRow.js';

/** Whoever has scrolled up by less than this still sees what comes next. */
const FOLLOW_WITHIN_PX = 40;

interface EventListProps {
  readonly entries: readonly LogEntry[];
  /** The number of the entry that is shown in full. */
  readonly chosen: number | null;
  readonly onChoose: (number: number) => void;
}

/** A long list, of which only what is seen is drawn. It follows what comes as long as its end is seen. */
export function EventList({ entries, chosen, onChoose }: EventListProps) {
  const place = useRef<HTMLElement>(null);
  const follows = useRef(true);
  const focusWanted = useRef<number | null>(null);
  const [seen, see] = useState({ scrolledPx: Number.MAX_SAFE_INTEGER, heightPx: 600, rowPx: 46 });

  useLayoutEffect(() => {
    const element = place.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
    if (element) see(seenOf(element));
  }, [entries]);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (follows.current) element.scrollTop = element.scrollHeight;
      see(seenOf(element));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const number = focusWanted.current;
    const row = number === null ? null : place.current?.querySelector<HTMLElement>(`[data-number="${number}"]`);
    if (!row) return;
    focusWanted.current = null;
    row.focus({ preventScroll: true });
  });

  const scrolled = ({ currentTarget }: { readonly currentTarget: HTMLElement }) => {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget;
    follows.current = scrollHeight - scrollTop - clientHeight < FOLLOW_WITHIN_PX;
    see(seenOf(currentTarget));
  };
  const moveTo = (index: number) => {
    const entry = entries[Math.max(0, Math.min(entries.length - 1, index))];
    const element = place.current;
    if (!entry || !element) return;
    focusWanted.current = entry.number;
    const top = entries.indexOf(entry) * seen.rowPx;
    if (top < element.scrollTop) element.scrollTop = top;
    const bottom = top + seen.rowPx - element.clientHeight;
    if (bottom > element.scrollTop) element.scrollTop = bottom;
    see(seenOf(element));
    onChoose(entry.number);
  };

  const { first, end, roomAbovePx, roomBelowPx } = rowWindow(
    entries.length,
    seen.rowPx,
    Math.min(seen.scrolledPx, Math.max(0, entries.length * seen.rowPx - seen.heightPx)),
    seen.heightPx,
  );
  const chosenIsShown = entries.slice(first, end).some(({ number }) => number === chosen);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={place} class="event-list" onScroll={scrolled} tabIndex={0} aria-label="Log of events">
      {entries.length === 0 && <p class="soft">Nothing to show.</p>}
      <ol style={{ paddingTop: `${roomAbovePx}px`, paddingBottom: `${roomBelowPx}px` }}>
        {entries.slice(first, end).map((entry, offset) => (
          <EventRow
            key={entry.number}
            entry={entry}
            place={first + offset + 1}
            of={entries.length}
            isChosen={entry.number === chosen}
            isTabStop={chosenIsShown ? entry.number === chosen : first + offset === end - 1}
            onChoose={() => onChoose(entry.number)}
            onMove={(rows) => moveTo(first + offset + rows)}
          />
        ))}
      </ol>
    </section>
  );
}

/** How high a row is, the style sheet says. */
function seenOf(element: HTMLElement) {
  const rowPx = Number.parseFloat(getComputedStyle(element).getPropertyValue('--row'));
  return { scrolledPx: element.scrollTop, heightPx: element.clientHeight, rowPx };
}
