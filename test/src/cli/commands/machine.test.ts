import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { createAssistantMachine } from '../../../../machines/assistant.js';
import { machineCommand } from '../../../../src/cli/commands/machine.js';
import { mermaidOf } from '../../../../src/observability/statechartDiagram.js';
import { recordedIo } from '../../../fixtures/recordedIo.js';
import { checkoutRoot } from '../../../fixtures/shared.js';

async function output(...args: string[]): Promise<string> {
  const io = recordedIo({}, '/nowhere');
  await machineCommand(io).parseAsync(args, { from: 'user' });
  return io.out();
}

const readme = path.join(checkoutRoot(), 'README.md');

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

  test('prints what the README shows', { skip: existsSync(readme) ? false : 'there is no README.md' }, async () => {
    const [, block] = /^```mermaid\n(.*?)^```$/ms.exec(readFileSync(readme, 'utf8')) ?? [];
    assert.ok(block !== undefined, 'README.md has no ```mermaid block');
    assert.equal(block, await output(), 'put the output of "npx pressel machine" into README.md');
  });
});
