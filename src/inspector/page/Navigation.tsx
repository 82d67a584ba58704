import { TAB_NAMES, TABS, type Tab } from '../view/tabs.js';
import { TabIcon } from './Icon.js';

/** The way to each view: at the bottom of a phone, at the side of a desktop. */
export function Navigation({ tab }: { readonly tab: Tab }) {
  return (
    <nav class="navigation" aria-label="Views">
      <ul>
        {TABS.map((each) => (
          <li key={each}>
            <a href={`#${each}`} aria-current={each === tab ? 'page' : undefined}>
              <TabIcon tab={each} />
              {TAB_NAMES[each]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
