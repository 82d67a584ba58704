import type { SetupStep } from '../setupStep.js';
import { tellOverridden } from '../tellOverridden.js';

const HERE = '127.0.0.1:7333';
const NETWORK = '0.0.0.0:7333';
const OFF = 'off';

export interface InspectorAccess {
  /** `inspector.listen` as it is set now. */
  readonly listen: () => string;
  /** Makes a token in the place of an old one. @returns what to show of it, once: links, and a code for a phone */
  newLinks(): Promise<readonly string[]>;
  hasToken(): Promise<boolean>;
}

/** Who may see the inspector's page. */
export function inspectorStep(access: InspectorAccess): SetupStep {
  return {
    name: 'inspector',
    title: 'Inspector: the page that shows what the assistant does',
    run: async ({ dialogue, settings }) => {
      const current = access.listen();
      const choices = [
        { value: HERE, label: 'Only browsers on this computer' },
        { value: NETWORK, label: 'Every browser of the home network that has a token', hint: 'a token is made now' },
        { value: OFF, label: 'Nobody: switch it off' },
      ];
      if (!choices.some(({ value }) => value === current)) {
        choices.push({ value: current, label: `As it is set now: ${current}` });
      }
      const listen = await dialogue.choose('Who may see it?', choices, current);
      tellOverridden(dialogue, await settings.keep({ 'inspector.listen': listen }));
      const chosen = { listen };
      if (listen !== NETWORK) return { outcome: 'done', chosen };
      const hasToken = await access.hasToken();
      if (
        hasToken &&
        !(await dialogue.confirm('There is a token already. Make a new one? The old one opens nothing then.', false))
      ) {
        return { outcome: 'done', chosen };
      }
      dialogue.note('Open it with this link. It is shown now and never again', await access.newLinks());
      return { outcome: 'done', chosen };
    },
  };
}
