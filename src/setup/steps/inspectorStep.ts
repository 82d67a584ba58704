import type { SetupStep } from '../setupStep.js';
import { tellOverridden } from '../tellOverridden.js';

const HERE = '127.0.0.1:7333';
const NETWORK = '0.0.0.0:7333';
const OFF = 'off';
const NEW_TOKEN = 'pressel inspector --new-token';

/** How to open the page with a new token. */
export interface PageLinks {
  readonly links: readonly string[];
  /** One of them for a phone's camera: lines that must not be broken. */
  readonly code: readonly string[];
}

export interface InspectorAccess {
  /** `inspector.listen` as it is set now. */
  readonly listen: () => string;
  /** Makes a token in the place of an old one. It can be shown once. */
  newLinks(): Promise<PageLinks>;
  hasToken(): Promise<boolean>;
}

/** Who may see the inspector's page. */
export function inspectorStep(access: InspectorAccess): SetupStep {
  return {
    name: 'inspector',
    title: 'Inspector: the page that shows what the assistant does',
    run: async ({ dialogue, settings }) => {
      const current = access.listen();
      const hasToken = await access.hasToken();
      const choices = [
        { value: HERE, label: 'Only browsers on this computer' },
        {
          value: NETWORK,
          label: 'Every browser of the home network that has a token',
          hint: hasToken ? 'there is one' : 'made now',
        },
        { value: OFF, label: 'Nobody: switch it off' },
      ];
      if (!choices.some(({ value }) => value === current)) {
        choices.push({ value: current, label: `As it is set now: ${current}` });
      }
      const listen = await dialogue.choose('Who may see it?', choices, current);
      tellOverridden(dialogue, await settings.keep({ 'inspector.listen': listen }));
      const chosen = { listen };
      if (listen !== NETWORK) return { outcome: 'done', chosen };
      if (!hasToken && !dialogue.isAttended) {
        return { outcome: 'left', chosen, left: [`The inspector stays shut without a token: ${NEW_TOKEN}`] };
      }
      if (
        hasToken &&
        !(await dialogue.confirm('There is a token already. Make a new one? The old one opens nothing then.', false))
      ) {
        return { outcome: 'done', chosen };
      }
      const { links, code } = await access.newLinks();
      // A code is as high as a small terminal: it has the screen for itself until it was read.
      const isShown = dialogue.picture(code);
      if (isShown) await dialogue.ready('A phone opens it with this code. Press Enter to go on.');
      dialogue.note(isShown ? 'Any other browser opens it with this link' : 'A browser opens it with this link', [
        ...links,
        `They are shown now and never again; new ones: ${NEW_TOKEN}`,
      ]);
      return { outcome: 'done', chosen };
    },
  };
}
