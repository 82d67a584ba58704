import { useEffect, useState } from 'preact/hooks';
import { WHOLE_LOG } from '../view/eventList.js';
import { TAB_NAMES, type Tab, tabOf } from '../view/tabs.js';
import { watchFor } from '../view/watchFor.js';
import { ConnectionNotice } from './ConnectionNotice.js';
import { ChartView } from './chart/ChartView.js';
import type { ChartSource } from './chart/chartSource.js';
import { EventsView } from './events/EventsView.js';
import { Header } from './Header.js';
import { HealthView } from './health/HealthView.js';
import type { LiveConnection } from './liveConnection.js';
import { Navigation } from './Navigation.js';
import { PanelView } from './panel/PanelView.js';
import { TurnsView } from './turns/TurnsView.js';
import { usePart, type ViewStore } from './viewStore.js';

export interface AppProps {
  readonly store: ViewStore;
  readonly connection: LiveConnection;
  readonly loadChart: ChartSource;
}

/** The whole page: who it is and what it does now, the way to the views, and one of them. */
export function App({ store, connection, loadChart }: AppProps) {
  const tab = useTab();
  const isVisible = useVisibility();
  const [showsWords, showWords] = useState(false);
  const [list, changeList] = useState(WHOLE_LOG);
  const name = usePart(store, (view) => view.name);
  const startedAt = usePart(store, (view) => view.startedAt);
  const isLive = usePart(store, (view) => view.connection === 'live');
  const isKnown = usePart(store, (view) => view.name !== '');

  useEffect(() => connection.watch(watchFor(tab, isVisible, showsWords)), [connection, tab, isVisible, showsWords]);
  useEffect(() => {
    document.title = `${TAB_NAMES[tab]} - ${name || 'Pressel'}`;
  }, [tab, name]);
  // Another run of the program counts its events from 1 again.
  useEffect(() => changeList(({ filter }) => ({ ...WHOLE_LOG, filter })), [startedAt]);

  return (
    <div class="frame">
      <Header store={store} showsWords={showsWords} onShowWords={showWords} />
      <Navigation tab={tab} />
      <main class={isLive ? 'view' : 'view stale'} id="view" tabIndex={-1}>
        <ConnectionNotice store={store} />
        {isKnown && (
          <>
            {tab === 'chart' && <ChartView store={store} load={loadChart} />}
            {tab === 'turns' && <TurnsView store={store} showsWords={showsWords} />}
            {tab === 'events' && <EventsView store={store} list={list} onChange={changeList} />}
            {tab === 'panel' && <PanelView store={store} connection={connection} isLive={isLive} />}
            {tab === 'health' && <HealthView store={store} connection={connection} isLive={isLive} />}
          </>
        )}
      </main>
    </div>
  );
}

function useTab(): Tab {
  const [tab, change] = useState(() => tabOf(location.hash));
  useEffect(() => {
    const listener = () => change(tabOf(location.hash));
    window.addEventListener('hashchange', listener);
    return () => window.removeEventListener('hashchange', listener);
  }, []);
  return tab;
}

function useVisibility(): boolean {
  const [isVisible, change] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const listener = () => change(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  }, []);
  return isVisible;
}
