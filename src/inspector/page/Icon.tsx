import type { Tab } from '../view/tabs.js';

/** Lines of 24 x 24 drawings. */
const DRAWINGS: Readonly<Record<Tab, string>> = {
  chart: 'M4 4h7v5H4zM13 15h7v5h-7zM7.5 9v8.5H13M13.5 6.5h3V15',
  turns: 'M4 6h6M8 11h7M12 16h5M15 21h6M4 21V3',
  events: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  panel: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 8.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7',
  health: 'M3 12h4l3-7 4 14 3-7h4',
};

export function TabIcon({ tab }: { readonly tab: Tab }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={DRAWINGS[tab]} />
    </svg>
  );
}

/** What is well is a tick, what is not a triangle, what was not looked at a dash: not told by colour alone. */
const MARKS = {
  good: 'M4.5 8.5l2.5 2.5l4.5-6',
  attention: 'M8 2.5L14.5 13.5H1.5zM8 6.5v3.5M8 12v.01',
  bad: 'M4 4l8 8M12 4l-8 8',
  unknown: 'M4 8h8',
} as const;

export type MarkKind = keyof typeof MARKS;

export function Mark({ kind }: { readonly kind: MarkKind }) {
  return (
    <svg class={`mark ${kind}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={MARKS[kind]} />
    </svg>
  );
}
