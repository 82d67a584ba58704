import type { Dialogue } from './dialogue.js';

/** Says which settings were written without effect. */
export function tellOverridden(dialogue: Dialogue, variables: readonly string[]): void {
  for (const variable of variables) {
    dialogue.tell(`The environment variable ${variable} counts for more than the file: unset it.`, 'warning');
  }
}
