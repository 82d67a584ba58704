import { Command } from 'commander';
import { loadConfig } from '../../config/loadConfig.js';
import { openLog } from '../../observability/log.js';
import { homeSkill } from '../../skills/homeSkill.js';
import type { IntentSkill } from '../../skills/intent.js';
import { Router } from '../../skills/router.js';
import type { Io } from '../io.js';
import { linesOf, writeLine } from '../linesOf.js';
import { openConfiguredSkills } from '../openConfiguredSkills.js';
import { openSkills } from '../openSkills.js';

/** `pressel route`: who would answer each utterance, and why. */
export function routeCommand(io: Io): Command {
  return new Command('route')
    .description('say who would answer: one utterance a line on stdin')
    .option('--config <file>', 'read this configuration file')
    .option('--json', 'one JSON document a line, as without it')
    .action(async (_options, self: Command) => {
      const { config: file } = self.optsWithGlobals<{ config?: string }>();
      const loaded = await loadConfig({ file, env: io.env, home: io.home });
      const builtIn = [...(await openSkills()), anyHome()];
      const own = await openConfiguredSkills(loaded, io, openLog(loaded.config, io.stderr), builtIn, false);
      const router = new Router([...builtIn, ...own.skills], loaded.config.assistant.name);
      for await (const text of linesOf(io.stdin, io.signal)) {
        const routing = router.route(text);
        const { route, why } = routing;
        const slots = 'slots' in routing ? routing.slots : {};
        await writeLine(io.stdout, oneLine({ text, route, slots, why }), io.signal);
      }
      await own.close();
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
    { ask: async () => ({ speech: '', isUnderstood: false }), timeoutMs: 0 },
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
