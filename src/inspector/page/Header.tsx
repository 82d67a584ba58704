import { statusInWords } from '../view/statusInWords.js';
import type { Connection } from '../view/viewState.js';
import { usePart, type ViewStore } from './viewStore.js';

const CONNECTIONS: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  lost: 'Offline',
  signedOut: 'Signed out',
  outdated: 'Other version',
};

interface HeaderProps {
  readonly store: ViewStore;
  readonly showsWords: boolean;
  readonly onShowWords: (shows: boolean) => void;
}

/** Who it is, what it does now, and whether that is still true. */
export function Header({ store, showsWords, onShowWords }: HeaderProps) {
  const name = usePart(store, (view) => view.name);
  const active = usePart(store, (view) => view.active);
  const connection = usePart(store, (view) => view.connection);
  const partial = usePart(store, (view) => view.partial);
  const { text, tone } = statusInWords(active);
  const isLive = connection === 'live';
  return (
    <header class="header">
      <div class="who">
        <h1>{name || 'Pressel'}</h1>
        <p class={`connection ${connection}`} role="status">
          <span class="dot" aria-hidden="true" />
          {CONNECTIONS[connection]}
        </p>
      </div>
      <div class="now">
        {name !== '' && (
          <p class={`status ${isLive ? tone : 'past'}`} aria-live="polite">
            {isLive ? text : `Was: ${text.toLowerCase()}`}
          </p>
        )}
        {partial !== '' && <p class="partial">{partial}</p>}
      </div>
      <label class="words">
        <input
          type="checkbox"
          checked={showsWords}
          onChange={({ currentTarget }) => onShowWords(currentTarget.checked)}
        />
        Show what was said
      </label>
    </header>
  );
}
