import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { suite, test } from 'node:test';
import { pressel } from '../../fixtures/pressel.js';

const skip = existsSync('/dev/full') ? false : 'this system has no /dev/full';
const into = (target: string) => ['/bin/sh', '-c', `"$0" "$@" ${target}`];

suite('A command whose output is lost', { skip }, () => {
  for (const args of [['route'], ['chunk'], ['--help']]) {
    test(`pressel ${args} to a full disk says so in one line`, async (t) => {
      const { code, stderr } = await pressel(t, args, { stdin: 'What time is it?\n', under: into('> /dev/full') });
      assert.equal(code, 1);
      assert.match(stderr, /^pressel: the output cannot be written \(ENOSPC: .*\): .*\n$/);
    });
  }

  test('ends quietly when its reader has gone', async (t) => {
    const lines = 'Tell me of the sea. \n'.repeat(20_000);
    const { stdout, stderr } = await pressel(t, ['chunk'], { stdin: lines, under: into('| head -n 1') });
    assert.deepEqual([stdout.trim().split('\n').length, stderr], [1, '']);
  });
});
