import { Command, Option } from 'commander';
import { createAssistantMachine } from '../../../machines/assistant.js';
import { definitionOf, mermaidOf } from '../../observability/statechartDiagram.js';
import type { Io } from '../io.js';

/** `pressel machine`: the statechart that decides what the assistant does, drawn from the running code. */
export function machineCommand(io: Io): Command {
  return new Command('machine')
    .description('show the statechart')
    .addOption(new Option('--mermaid', 'print a Mermaid state diagram (the default)').conflicts('json'))
    .option('--json', 'print one JSON document: the definition, as XState writes it')
    .action((options: { json?: boolean }) => {
      const machine = createAssistantMachine();
      io.stdout.write(options.json ? `${JSON.stringify(definitionOf(machine), null, 2)}\n` : mermaidOf(machine));
    });
}
