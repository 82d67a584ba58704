import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createAssistantMachine } from '../../../../machines/assistant.js';
import { machineCommand } from '../../../../src/cli/commands/machine.js';
import { mermaidOf } from '../../../../src/observability/statechartDiagram.js';
import { recordedIo } from '../../../fixtures/recordedIo.js';

async function output(...args: string[]): Promise<string> {
  const io = recordedIo({}, '/nowhere');
  await machineCommand(io).parseAsync(args, { from: 'user' });
  return io.out();
}

suite('pressel machine', () => {
  test('prints the Mermaid diagram of the statechart', async () => {
    assert.equal(await output(), mermaidOf(createAssistantMachine()));
    assert.equal(await output('--mermaid'), await output());
  });

  test('--json prints one document', async () => {
    const { id, states } = JSON.parse(await output('--json'));
    assert.equal(id, 'assistant');
    assert.deepEqual(Object.keys(states), ['turn', 'microphone', 'speaker', 'model', 'bell']);
  });
});
