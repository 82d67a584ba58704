/** The views, in their order. Each is at its own hash: "#turns". */
export const TABS = ['chart', 'turns', 'events', 'panel', 'health'] as const;

export type Tab = (typeof TABS)[number];

export const TAB_NAMES: Readonly<Record<Tab, string>> = {
  chart: 'Statechart',
  turns: 'Turns',
  events: 'Events',
  panel: 'Panel',
  health: 'Health',
};

/** The view that a location's hash names; the first for any other. */
export function tabOf(hash: string): Tab {
  return TABS.find((tab) => `#${tab}` === hash) ?? 'chart';
}
