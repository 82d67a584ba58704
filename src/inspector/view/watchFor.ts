import type { ClientMessage } from '../protocol.js';
import type { Tab } from './tabs.js';

export type WatchMessage = Extract<ClientMessage, { type: 'watch' }>;

/** What the appliance has to send for what is seen; a page that nobody looks at wants nothing measured. */
export function watchFor(tab: Tab, isVisible: boolean, words: boolean): WatchMessage {
  return { type: 'watch', trace: isVisible && tab === 'panel', health: isVisible && tab === 'health', words };
}

export function sameWatch(a: WatchMessage, b: WatchMessage): boolean {
  return a.trace === b.trace && a.health === b.health && a.words === b.words;
}
