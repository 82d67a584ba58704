import { Command } from 'commander';
import { DEFAULT_CONFIG } from '../../config/config.js';
import { homeSkill } from '../../skills/homeSkill.js';
import type { IntentSkill } from '../../skills/intent.js';
import { Router } from '../../skills/router.js';
import type { Io } from '../io.js';
import { linesOf, writeLine } from '../linesOf.js';
import { openSkills } from '../openSkills.js';

/** `pressel route`: who would answer each utterance, and why. */
export function routeCommand(io: Io): Command {
  return new Command('route')
    .description('say who would answer: one utterance a line on stdin')
    .option('--json', 'one JSON document a line, as without it')
    .action(async () => {
      const router = new Router([...(await openSkills()), anyHome()], DEFAULT_CONFIG.assistant.name);
      for await (const text of linesOf(io.stdin, io.signal)) {
        const routing = router.route(text);
        const { route, why } = routing;
        const slots = 'slots' in routing ? routing.slots : {};
        await writeLine(io.stdout, oneLine({ text, route, slots, why }), io.signal);
      }
    });
}

/** JSON in which nothing is left that some readers take for the end of a line. */
function oneLine(document: object): string {
  return JSON.stringify(document).replaceAll(
    /[\u007f-\u009f\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Knows what would be asked of a house, whether or not there is one: nothing is asked here. */
function anyHome(): IntentSkill<unknown> {
  const home: IntentSkill<unknown> = homeSkill(
    { ask: async () => ({ speech: '', isUnderstood: false }) },
    { warn: () => {} },
  );
  return {
    ...home,
    understand: (words) => {
      const understood = home.understand(words);
      return (
        understood && {
          ...understood,
          why: `${understood.why}; without skills.home_assistant.url the chat model answers`,
        }
      );
    },
  };
}
