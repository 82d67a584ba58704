import type { LogEntry } from '../../protocol.js';
import { clockTime } from '../../view/durations.js';

interface EventRowProps {
  readonly entry: LogEntry;
  /** Its place in the list, from 1. */
  readonly place: number;
  readonly of: number;
  readonly isChosen: boolean;
  readonly isTabStop: boolean;
  readonly onChoose: () => void;
  /** The user wants to be so many rows further down. */
  readonly onMove: (rows: number) => void;
}

const MOVES: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

export function EventRow({ entry, place, of, isChosen, isTabStop, onChoose, onMove }: EventRowProps) {
  const { number, at, event, detail, taken, state } = entry;
  const move = (pressed: KeyboardEvent) => {
    const rows = MOVES[pressed.key];
    if (rows === undefined) return;
    pressed.preventDefault();
    onMove(rows);
  };
  return (
    <li aria-posinset={place} aria-setsize={of}>
      <button
        type="button"
        data-number={number}
        class={taken.length === 0 ? 'event-row ignored' : 'event-row'}
        aria-current={isChosen ? 'true' : undefined}
        tabIndex={isTabStop ? 0 : -1}
        onClick={onChoose}
        onKeyDown={move}
      >
        <span class="time">{clockTime(at)}</span>
        <span class="event">{event}</span>
        <span class="more">
          <span class="detail-text">{detail}</span>
          <span class="led-to">{state ?? (taken.length === 0 ? 'ignored' : 'stayed')}</span>
        </span>
      </button>
    </li>
  );
}
