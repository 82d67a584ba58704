import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { run } from '../../../src/cli/program.js';
import { recordedIo } from '../../fixtures/recordedIo.js';

async function help(...command: readonly string[]): Promise<string> {
  const io = recordedIo({}, '/nowhere');
  assert.equal(await run([...command, '--help'], io), 0, command.join(' '));
  assert.equal(io.err(), '');
  return io.out();
}

function commandsIn(text: string): string[] {
  const listed = [...(text.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name ?? '');
  return listed.filter((name) => name !== 'help');
}

suite('the command line', () => {
  test('explains itself, each command and those within it', async () => {
    const commands = commandsIn(await help());
    assert.ok(commands.length >= 18, `found ${commands}`);
    for (const command of commands) {
      const text = await help(command);
      assert.ok(text.startsWith(`Usage: pressel ${command} `), text);
      for (const inner of commandsIn(text)) {
        const told = await help(command, inner);
        assert.ok(told.startsWith(`Usage: pressel ${command} ${inner} `), told);
      }
    }
  });
});
