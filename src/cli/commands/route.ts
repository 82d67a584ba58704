import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { DEFAULT_CONFIG } from '../../config/config.js';
import { Router } from '../../skills/router.js';
import type { Io } from '../io.js';
import { openSkills } from '../openSkills.js';

/** `pressel route`: who would answer each utterance, and why. */
export function routeCommand(io: Io): Command {
  return new Command('route')
    .description('say who would answer: one utterance a line on stdin')
    .option('--json', 'one JSON document a line')
    .action(async (options: { json?: boolean }) => {
      const router = new Router(await openSkills(), DEFAULT_CONFIG.assistant.name);
      for await (const text of createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
        const routing = router.route(text);
        const { route, why } = routing;
        const slots = 'slots' in routing ? routing.slots : {};
        const line = options.json ? JSON.stringify({ text, route, slots, why }) : `${route}\t${text}\t${why}`;
        io.stdout.write(`${line}\n`);
      }
    });
}
