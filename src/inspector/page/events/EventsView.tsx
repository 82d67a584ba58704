import { useMemo, useState } from 'preact/hooks';
import './events.css';
import { type EventListState, entriesAsText, heldBack, shownEntries } from '../../view/eventList.js';
import { CopyButton } from '../CopyButton.js';
import { usePart, type ViewStore } from '../viewStore.js';
import { EventDetail } from './EventDetail.js';
import { EventList } from './EventList.js';

interface EventsViewProps {
  readonly store: ViewStore;
  readonly list: EventListState;
  readonly onChange: (list: EventListState) => void;
}

/** Everything that the statechart was told, and what it did. */
export function EventsView({ store, list, onChange }: EventsViewProps) {
  const log = usePart(store, (view) => view.log);
  const [chosen, choose] = useState<number | null>(null);
  const entries = useMemo(() => shownEntries(log, list), [log, list]);
  const held = heldBack(log, list);
  const isPaused = list.pausedLog !== null;
  const entry = entries.find(({ number }) => number === chosen);
  return (
    <section class="events" aria-labelledby="events-title">
      <div class="events-head">
        <h2 id="events-title">
          Events <span class="soft">{entries.length}</span>
        </h2>
        <search class="tools">
          <input
            type="search"
            aria-label="Show only events with these words"
            placeholder="Filter"
            value={list.filter}
            onInput={({ currentTarget }) => onChange({ ...list, filter: currentTarget.value })}
          />
          <button
            type="button"
            class={isPaused ? 'strong' : ''}
            onClick={() => onChange({ ...list, pausedLog: isPaused ? null : log })}
          >
            {isPaused ? `Go on, ${held} new` : 'Pause'}
          </button>
          <CopyButton label="Copy" text={() => entriesAsText(entries)} />
          <button
            type="button"
            class="plain"
            onClick={() => onChange({ ...list, pausedLog: null, clearedUpTo: log.at(-1)?.number ?? 0 })}
          >
            Clear
          </button>
        </search>
      </div>
      <EventList entries={entries} chosen={chosen} onChoose={choose} />
      {entry && <EventDetail entry={entry} onClose={() => choose(null)} />}
    </section>
  );
}
